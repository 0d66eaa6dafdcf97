#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace dadcam::render {

/// How wide a font draws a text. In the font's own units, which are whole numbers and the same with any version of
/// FreeType. Kerning, ligatures and the shapes that Arabic letters take beside others are not in it. Not for two
/// threads at a time.
class FontMeasure {
public:
    /// Error(tool_missing) when the file is no font whose letters can have any size.
    explicit FontMeasure(const std::string& file);
    ~FontMeasure();

    /// Of UTF-8 in one line, up to its first byte that is none. What the font lacks is as wide as the box that is drawn
    /// for it.
    std::int64_t width(std::string_view utf8) const;
    /// What a unit is: this many are the font size.
    int units_per_em() const;

private:
    struct Face;
    std::unique_ptr<Face> face_;
};

}  // namespace dadcam::render
