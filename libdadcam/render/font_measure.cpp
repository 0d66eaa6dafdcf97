#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H
#include <fmt/format.h>
#include <utf8proc.h>

#include <libdadcam/error.hpp>
#include <libdadcam/render/font_measure.hpp>
#include <unordered_map>

namespace dadcam::render {

struct FontMeasure::Face {
    FT_Library library = nullptr;
    FT_Face face = nullptr;
    std::unordered_map<char32_t, std::int64_t> widths{};

    Face() = default;
    Face(const Face&) = delete;
    Face& operator=(const Face&) = delete;
    ~Face() {
        FT_Done_Face(face);
        FT_Done_FreeType(library);
    }

    /// A glyph that cannot be read counts as a whole em: few are wider.
    std::int64_t measure(char32_t character) const {
        FT_Fixed units = 0;
        const auto glyph = FT_Get_Char_Index(face, character);  // 0, the font's box, for what it lacks
        return FT_Get_Advance(face, glyph, FT_LOAD_NO_SCALE, &units) == 0 ? units : face->units_per_EM;
    }
};

FontMeasure::FontMeasure(const std::string& file) : face_(std::make_unique<Face>()) {
    if (FT_Init_FreeType(&face_->library) != 0) throw Error(Category::general, "FreeType does not start.");
    if (FT_New_Face(face_->library, file.c_str(), 0, &face_->face) != 0 || !FT_IS_SCALABLE(face_->face) ||
        face_->face->units_per_EM == 0)
        throw Error(Category::tool_missing, fmt::format("{} is not a font that text can be measured with.", file),
                    "Name a .ttf or .otf file with: dadcam config --global font FILE");
}

FontMeasure::~FontMeasure() = default;

std::int64_t FontMeasure::width(std::string_view utf8) const {
    std::int64_t sum = 0;
    while (!utf8.empty()) {
        utf8proc_int32_t character = 0;
        const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(utf8.data()),
                                             static_cast<utf8proc_ssize_t>(utf8.size()), &character);
        if (length <= 0) break;
        const auto [known, is_new] = face_->widths.try_emplace(static_cast<char32_t>(character), 0);
        if (is_new) known->second = face_->measure(known->first);
        sum += known->second;
        utf8.remove_prefix(static_cast<std::size_t>(length));
    }
    return sum;
}

int FontMeasure::units_per_em() const {
    return face_->face->units_per_EM;
}

}  // namespace dadcam::render
