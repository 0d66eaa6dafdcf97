#include <doctest/doctest.h>

#include <libdadcam/footage/date_in_avchd.hpp>
#include <string>
#include <tests/support/dates.hpp>
#include <tests/support/told.hpp>

using namespace dadcam::footage;
using namespace dadcam::test;

namespace {

/// As a Sony ILCE-7M3 writes it; `zone`: the byte in front of the year.
std::string tags(char zone = '\x44') {
    return std::string("\3\x13\x13\x10\x11\x11\x18") + zone + "\x20\x19\x04\x19\x24\x22\x24\x12";
}

std::string recording(const std::string& user_data) {
    return std::string("\0\0\0\1\x09\x10", 6) + sei(user_data) + std::string("\0\0\1\x65", 4) + "picture";
}

std::string read(const std::string& user_data) {
    return text_of(avchd_date(recording(user_data)));
}

/// A packet of 188 bytes; `front`: bytes in front of it.
std::string packet(unsigned pid, bool begins, const std::string& payload, std::size_t front) {
    REQUIRE(payload.size() <= 184);
    const auto stuffing = 184 - payload.size();
    std::string adaptation;
    if (stuffing > 0) adaptation = static_cast<char>(stuffing - 1) + std::string(stuffing - 1, '\0');
    return std::string(front, 't') + 'G' + big_endian((begins ? 0x4000U : 0U) | pid, 2) +
           (stuffing > 0 ? '\x30' : '\x10') + adaptation + payload;
}

std::string transport(const std::string& h264, std::size_t front, std::size_t in_first) {
    const std::string header("\0\0\1\xe0\0\0\x80\x80\5\1\2\3\4\5", 14), sound("\0\0\1\xbd\0\0\x80\0\0sound", 14);
    return packet(0x1100, true, sound, front) + packet(0x1011, true, header + h264.substr(0, in_first), front) +
           packet(0x1100, false, "sound", front) + packet(0x1011, false, h264.substr(in_first), front);
}

}  // namespace

TEST_CASE("an AVCHD camera tells the time on its clock and how far that is from UTC") {
    CHECK(read(std::string(kMdpmName) + tags()) == "2019-04-24 22:24:12 +120");
    CHECK(read(std::string(kMdpmName) + tags('\x0b')) == "2019-04-24 22:24:12 +330");
    CHECK(read(std::string(kMdpmName) + tags('\x28')) == "2019-04-24 22:24:12 -240");
    CHECK(read(std::string(kMdpmName) + tags('\x00')) == "2019-04-24 22:24:12 +0");
}

TEST_CASE("without a zone it is the time on the camera's clock alone") {
    CHECK(read(std::string(kMdpmName) + tags('\xff')) == "2019-04-24 22:24:12");
    CHECK(read(std::string(kMdpmName) + tags('\x1e')) == "2019-04-24 22:24:12");  // 15 hours
}

TEST_CASE("the bytes that keep zeros from looking like a start code are taken out") {
    const std::string escaped("\3\x14\0\0\3\0\0\3\x18\x44\x20\x19\x04\x19\x24\x22\x24\0", 18);
    CHECK(read(std::string(kMdpmName) + escaped) == "2019-04-24 22:24:00 +120");
}

TEST_CASE("the messages before it are passed over") {
    const auto two = std::string("\0\0\1\x06\1\2ab\5\4same\5", 15) + static_cast<char>(kMdpmName.size() + 16) +
                     std::string(kMdpmName) + tags() + '\x80';
    CHECK(text_of(avchd_date(two)) == "2019-04-24 22:24:12 +120");
    CHECK(text_of(avchd_date(recording("another kind") + two)) == "2019-04-24 22:24:12 +120");
}

TEST_CASE("user data without a date, or with one that no calendar has, says nothing") {
    CHECK_FALSE(avchd_date(""));
    CHECK(read("").empty());
    CHECK(read(std::string(kMdpmName)).empty());
    CHECK(read(std::string(kMdpmName) + "\1\x18\x44\x20\x19\x04\x19\x24\x22\x24\x12").empty());
    CHECK(read(std::string(kMdpmName) + "\2\x18\x44\x20\x19\x02\x19\x30\x22\x24\x12").empty());
    CHECK(read(std::string(kMdpmName) + "\2\x18\x44\xff\xff\xff\x19\xff\xff\xff\xff").empty());
    CHECK(read(std::string(kMdpmName) + tags().substr(0, 14)).empty());
    CHECK_FALSE(avchd_date(std::string("\0\0\1\x06", 4) + std::string(1000, '\xff')));
    CHECK_FALSE(avchd_date(std::string("\0\0\1\x06\5\xf0 cut", 10)));
    CHECK_FALSE(avchd_date(std::string("\0\0\1\x06\5", 5)));
}

TEST_CASE("a message that is spread over packets of an MPEG-TS is put together") {
    const auto h264 = recording(std::string(kMdpmName) + tags());
    for (const std::size_t front : {0U, 4U}) {
        for (const std::size_t in_first : {0U, 7U, 20U, 40U}) {
            const auto found = h264_of_transport(transport(h264, front, in_first));
            CHECK(found == h264);
            CHECK(text_of(avchd_date(found)) == "2019-04-24 22:24:12 +120");
        }
    }
}

TEST_CASE("what is no MPEG-TS carries nothing") {
    for (const auto& bytes : {std::string(), std::string("G"), std::string(188, 'G'), std::string(1000, 'x'),
                              packet(0x1100, true, std::string("\0\0\1\xbd\0\0\x80\0\0", 9), 0)}) {
        CHECK(h264_of_transport(bytes).empty());
    }
}
