#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <libdadcam/error.hpp>
#include <libdadcam/recipe/cube.hpp>
#include <vector>

namespace dadcam::recipe {
namespace {

constexpr int kLargestSize = 256;  // what the format and ffmpeg's lut3d allow

[[noreturn]] void refuse(std::size_t line, const std::string& reason) {
    throw Error(Category::usage, fmt::format("This is not a usable .cube file: line {}: {}.", line, reason),
                "Export it again as a 3D LUT from the program that made it.");
}

std::vector<std::string_view> words(std::string_view line) {
    std::vector<std::string_view> result;
    for (;;) {
        const auto first = line.find_first_not_of(" \t\r");
        if (first == std::string_view::npos) return result;
        line.remove_prefix(first);
        const auto length = std::min(line.find_first_of(" \t\r"), line.size());
        result.push_back(line.substr(0, length));
        line.remove_prefix(length);
    }
}

bool number(std::string_view word) {
    double value = 0;
    if (word.starts_with('+') && !word.starts_with("+-")) word.remove_prefix(1);
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    return error == std::errc{} && end == word.data() + word.size() && std::isfinite(value);
}

void require_numbers(std::size_t line, const std::vector<std::string_view>& row, std::size_t first) {
    if (row.size() != first + 3) refuse(line, "three numbers are expected");
    for (std::size_t i = first; i < row.size(); ++i) {
        if (!number(row[i])) refuse(line, fmt::format("\"{}\" is not a number", row[i].substr(0, 40)));
    }
}

int read_size(std::size_t line, const std::vector<std::string_view>& row) {
    int size = 0;
    const bool one_word = row.size() == 2;
    if (one_word) std::from_chars(row[1].data(), row[1].data() + row[1].size(), size);
    if (size < 2 || size > kLargestSize) refuse(line, fmt::format("LUT_3D_SIZE must be from 2 to {}", kLargestSize));
    return size;
}

}  // namespace

int check_cube(std::string_view text) {
    int size = 0;
    std::int64_t rows = 0;
    std::size_t line_number = 0;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto row = words(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        ++line_number;
        if (row.empty() || row[0][0] == '#' || row[0] == "TITLE") continue;
        if (row[0] == "LUT_1D_SIZE") refuse(line_number, "it is a 1D LUT, and only 3D ones are supported");
        if (row[0] == "LUT_3D_SIZE") {
            if (size != 0) refuse(line_number, "there is a second LUT_3D_SIZE");
            size = read_size(line_number, row);
        } else if (row[0] == "DOMAIN_MIN" || row[0] == "DOMAIN_MAX" || row[0] == "LUT_3D_INPUT_RANGE") {
            if (row[0][0] == 'D') require_numbers(line_number, row, 1);
        } else {
            if (size == 0) refuse(line_number, "LUT_3D_SIZE has to come first");
            require_numbers(line_number, row, 0);
            if (++rows > std::int64_t{size} * size * size)
                refuse(line_number, "there are more rows than LUT_3D_SIZE says");
        }
    }
    if (size == 0) refuse(line_number, "there is no LUT_3D_SIZE");
    if (rows != std::int64_t{size} * size * size) {
        refuse(line_number,
               fmt::format("there are {} rows where size {} needs {}", rows, size, std::int64_t{size} * size * size));
    }
    return size;
}

}  // namespace dadcam::recipe
