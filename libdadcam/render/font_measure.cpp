#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H
#include <fmt/format.h>

#include <libdadcam/error.hpp>
#include <libdadcam/render/font_measure.hpp>
#include <libdadcam/utf8.hpp>
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
    for (auto next = take_character(utf8); next.valid; next = take_character(utf8)) {
        const auto [known, is_new] = face_->widths.try_emplace(next.code_point, 0);
        if (is_new) known->second = face_->measure(known->first);
        sum += known->second;
    }
    return sum;
}

int FontMeasure::units_per_em() const {
    return face_->face->units_per_EM;
}

}  // namespace dadcam::render
