#include <doctest/doctest.h>

#include <libdadcam/measure/recodings.hpp>

using namespace dadcam::measure;

namespace {

constexpr int kMap = 0x1000, kPictures = 0x100, kSound = 0x101;
constexpr unsigned char kMpeg2 = 0x02, kH264 = 0x1b, kAc3 = 0x81, kAac = 0x0f;

std::string bytes(std::initializer_list<int> values) {
    std::string all;
    for (const int value : values) all += static_cast<char>(value);
    return all;
}

/// A packet of an MPEG-TS, filled up behind what it carries.
std::string packet(int pid, const std::string& carried) {
    auto all = bytes({0x47, 0x40 | pid >> 8, pid & 0xff, 0x10}) + carried;
    return all + std::string(188 - all.size(), '\xff');
}

std::string with_sum(std::string table) {
    std::uint32_t sum = 0xffffffff;
    for (const char byte : table) {
        for (int bit = 7; bit >= 0; --bit) {
            const auto in =
                static_cast<std::uint32_t>(static_cast<unsigned char>(byte)) >> static_cast<unsigned>(bit) & 1U;
            sum = sum << 1U ^ ((sum >> 31U ^ in) != 0 ? 0x04c11db7U : 0U);
        }
    }
    for (int shift = 24; shift >= 0; shift -= 8) table += static_cast<char>(sum >> static_cast<unsigned>(shift));
    return table;
}

std::string programs() {
    return packet(0, bytes({0}) + with_sum(bytes({0, 0xb0, 13, 0, 1, 0xc1, 0, 0, 0, 1, 0xf0, 0x00})));
}

std::string map(int pictures, int sound) {
    return packet(kMap,
                  bytes({0}) + with_sum(bytes({2, 0xb0,     23,   0,    1,    0xc1, 0,     0,    0xe1, 0x00, 0xf0,
                                               0, pictures, 0xe1, 0x00, 0xf0, 0,    sound, 0xe1, 0x01, 0xf0, 0})));
}

/// The beginning of a picture or of a sound, shown at so many ticks.
std::string shown(int pid, std::int64_t ticks) {
    const auto part = [&](int down, int mask) { return static_cast<int>(ticks >> down & mask); };
    return packet(pid, bytes({0, 0, 1, 0xe0, 0, 0, 0x80, 0x80, 5, 0x21 | part(30, 7) << 1, part(22, 0xff),
                              part(15, 0x7f) << 1 | 1, part(7, 0xff), part(0, 0x7f) << 1 | 1}));
}

std::vector<Recoding> found_in(const std::string& file, std::size_t chunk = 1 << 16) {
    ProgramMapReader reader;
    for (std::size_t at = 0; at < file.size(); at += chunk) reader.feed(std::string_view(file).substr(at, chunk));
    return reader.found();
}

const std::string kFirst = programs() + map(kMpeg2, kAc3) + shown(kPictures, 0) + shown(kSound, 0);

}  // namespace

TEST_CASE("a stream that is coded otherwise from somewhere on is found, with the list of programs before it") {
    const auto file =
        kFirst + programs() + map(kH264, kAc3) + shown(kSound, 80) + shown(kPictures, (1LL << 32) + 12'345);
    const std::vector<Recoding> expected{{kPictures, 4 * 188, 7 * 188, (1LL << 32) + 12'345, 3 * 188}};
    CHECK(found_in(file) == expected);
    for (const std::size_t chunk : {1U, 7U, 187U, 188U, 1000U}) CHECK(found_in(file, chunk) == expected);
}

TEST_CASE("where the old kind lies between the list of programs and the map, the map is the place") {
    const auto file =
        kFirst + programs() + shown(kPictures, 40) + map(kH264, kAac) + shown(kPictures, 80) + shown(kSound, 90);
    CHECK(found_in(file) ==
          std::vector<Recoding>{{kPictures, 6 * 188, 7 * 188, 80, 6 * 188}, {kSound, 4 * 188, 8 * 188, 90, 4 * 188}});
}

TEST_CASE("a map that repeats, is damaged or has no packets behind it changes nothing") {
    auto damaged = map(kH264, kAac);
    damaged[30] = static_cast<char>(damaged[30] ^ 1);
    const auto again = programs() + map(kMpeg2, kAc3) + shown(kPictures, 40);
    CHECK(found_in(kFirst + again).empty());
    CHECK(found_in(kFirst + programs() + damaged + shown(kPictures, 40)).empty());
    CHECK(found_in(kFirst + programs() + map(kH264, kAac) + again).empty());
    CHECK(found_in(kFirst + programs() + map(kH264, kAac)).empty());
}

TEST_CASE("packets with a time before each, and behind bytes that are none, are found") {
    std::string file(100, 'G');
    const auto plain = kFirst + programs() + map(kH264, kAc3) + shown(kPictures, 40) + programs();
    for (std::size_t at = 0; at < plain.size(); at += 188) file += "time" + plain.substr(at, 188);
    CHECK(found_in(file) == std::vector<Recoding>{{kPictures, 100 + 4 * 192, 100 + 6 * 192, 40, 100 + 3 * 192}});
}
