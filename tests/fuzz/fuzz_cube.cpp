// The text of a .cube file that somebody downloaded.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <libdadcam/error.hpp>
#include <libdadcam/recipe/cube.hpp>
#include <optional>
#include <sstream>
#include <string>

namespace {

void require(bool holds) {
    if (!holds) __builtin_trap();
}

std::optional<int> accepted(std::string_view text) {
    try {
        return dadcam::recipe::check_cube(text);
    } catch (const dadcam::Error& error) {
        require(error.category() == dadcam::Category::usage && !error.message().empty());
        return std::nullopt;
    }
}

/// The rows of the table as ffmpeg's lut3d reads them: with sscanf.
long rows_for_ffmpeg(const std::string& text) {
    long rows = 0;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        float red = 0, green = 0, blue = 0;
        if (std::sscanf(line.c_str(), "%f %f %f", &red, &green, &blue) == 3) ++rows;
    }
    return rows;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto side = accepted(text);
    if (!side) return 0;
    require(*side >= 2 && *side <= 256);
    require(rows_for_ffmpeg(text) == long{*side} * *side * *side);
    return 0;
}
