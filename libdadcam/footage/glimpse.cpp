#include <array>
#include <fstream>
#include <libdadcam/footage/glimpse.hpp>
#include <libdadcam/footage/movie_boxes.hpp>
#include <string>
#include <string_view>

namespace dadcam::footage {
namespace {

using namespace std::string_view_literals;

std::optional<std::int64_t> length_of(std::istream& file, const Box& movie_header) {
    const auto bytes = bytes_at(file, movie_header.contents, 32);
    if (!bytes) return std::nullopt;
    const bool is_long = bytes->front() == 1;
    const auto scale = big_endian(bytes->substr(is_long ? 20 : 12, 4));
    const auto ticks = big_endian(is_long ? bytes->substr(24, 8) : bytes->substr(16, 4));
    constexpr std::uint64_t kUnknown = 0xffff'ffff, kMostSeconds = 10'000'000;
    if (scale == 0 || ticks == 0 || (!is_long && ticks == kUnknown) || ticks / scale > kMostSeconds)
        return std::nullopt;
    return static_cast<std::int64_t>(static_cast<double>(ticks) * 1e6 / static_cast<double>(scale));
}

}  // namespace

bool is_no_video(const std::filesystem::path& file) {
    constexpr std::size_t kLooked = 197;  // a second packet of a recorder's transport stream begins there
    std::ifstream stream(file, std::ios::binary);
    std::string bytes(kLooked, '\0');
    if (!stream.read(bytes.data(), kLooked) && !stream.eof()) return false;
    bytes.resize(static_cast<std::size_t>(stream.gcount()));
    const auto has = [&](std::size_t at, std::string_view what) {
        return bytes.size() >= at + what.size() && std::string_view(bytes).substr(at, what.size()) == what;
    };
    for (const auto box : {"ftyp"sv, "moov"sv, "mdat"sv, "wide"sv, "free"sv, "skip"sv, "pnot"sv}) {
        if (has(4, box)) return false;
    }
    if (has(0, "RIFF") && (has(8, "AVI ") || has(8, "CDXA"))) return false;
    if ((has(0, "G") && has(188, "G")) || (has(4, "G") && has(196, "G"))) return false;  // MPEG-TS
    // MPEG-PS and -1/2 video, Matroska, ASF, FLV, Ogg, RealMedia, MXF, DV
    for (const auto start : {"\0\0\1\xba"sv, "\0\0\1\xb3"sv, "\x1a\x45\xdf\xa3"sv, "\x30\x26\xb2\x75"sv, "FLV\1"sv,
                             "OggS"sv, ".RMF"sv, "\x06\x0e\x2b\x34"sv, "\x1f\x07\0"sv}) {
        if (has(0, start)) return false;
    }
    return true;
}

std::optional<std::int64_t> told_length_us(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary | std::ios::ate);
    if (!stream) return std::nullopt;
    const auto size = static_cast<std::uint64_t>(stream.tellg());
    const auto movie = find_box(stream, {"", 0, size}, {"moov"});
    if (!movie || find_box(stream, *movie, {"mvex"})) return std::nullopt;
    const auto header = find_box(stream, *movie, {"mvhd"});
    return header ? length_of(stream, *header) : std::nullopt;
}

bool is_movie_cut_off(const std::filesystem::path& file) {
    constexpr std::uint64_t kShortestBox = 8;
    std::ifstream stream(file, std::ios::binary | std::ios::ate);
    if (!stream) return false;
    const auto size = static_cast<std::uint64_t>(stream.tellg());
    std::uint64_t end = 0;
    int boxes = 0;
    for_each_box(stream, 0, size, [&](const Box& box) {
        end = box.end;
        ++boxes;
        return true;
    });
    return boxes > 0 && boxes < kMostBoxes && size - end >= kShortestBox;
}

}  // namespace dadcam::footage
