#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

namespace dadcam::test {

/// A colour as 8-bit numbers: red, green, blue, or Y, Cb, Cr of limited range.
using Colour = std::array<double, 3>;

/// What an RGB colour is in BT.709, limited range (ITU-R BT.709, item 3.4 and 3.5).
Colour in_bt709(const Colour& rgb);

/// A picture file (PPM) with a white circle on grey in the middle and six bars along the lower edge, so drawn that it
/// is right when it is shown `aspect` times as wide as it is stored. Returns the file.
std::filesystem::path draw_test_picture(const std::filesystem::path& file, int width, int height, double aspect);

extern const std::array<Colour, 6> kBars;  ///< RGB, left to right

/// A picture of a film: planes of Y, Cb and Cr in full size.
struct Picture {
    int width = 0;
    int height = 0;
    std::array<std::vector<double>, 3> planes;  ///< 0 to 255
    /// The mean of a rectangle; in fractions of the picture.
    Colour mean(double left, double top, double right, double bottom) const;
};

Picture picture_of(const std::filesystem::path& film, int number);

/// Several at once, by numbers that rise: the film is read once.
std::vector<Picture> pictures_at(const std::filesystem::path& film, const std::vector<int>& numbers);

/// The circle's width divided by its height, along the lines through the picture's middle.
double roundness(const Picture& picture);

}  // namespace dadcam::test
