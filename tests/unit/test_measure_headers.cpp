#include <doctest/doctest.h>

#include <libdadcam/measure/headers.hpp>

using namespace dadcam::measure;

namespace {

/// A packet of MPEG-PS around what it carries, and frames of 48 kHz at 32 kbit/s, which are 96 bytes long.
std::string packet(const std::string& carried) {
    return std::string("\0\0\1\xc0\0\0\x80\0\0", 9) + carried;
}

std::string frame(bool mono) {
    return std::string("\xff\xfd\x14", 3) + static_cast<char>(mono ? 0xc0 : 0x00) + std::string(92, '\x55');
}

}  // namespace

TEST_CASE("a sound's header is one behind which another of its kind follows") {
    const auto mono = header_of("mp2", packet(frame(true) + frame(true)));
    const auto stereo = header_of("mp2", packet(frame(false) + frame(false)));
    CHECK(!mono.empty());
    CHECK(!stereo.empty());
    CHECK(mono != stereo);
    CHECK(header_of("mp2", packet("rest of a frame" + frame(true) + frame(true))) == mono);
}

TEST_CASE("bytes of a sound that look like a header are none") {
    CHECK(header_of("mp2", packet(frame(false) + std::string(400, '\x11'))).empty());
    CHECK(header_of("mp2", packet(frame(false) + frame(true))).empty());
    CHECK(header_of("mp2", packet(frame(false))).empty());
    const auto mono = header_of("mp2", packet(frame(true) + frame(true)));
    CHECK(header_of("mp2", packet(std::string("\xff\xfd\x14\0", 4) + "sound" + frame(true) + frame(true))) == mono);
}

TEST_CASE("the header of a frame of DV is its system and its shape") {
    const auto frame_of = [](char shape, char system = '\0') {
        std::string bytes(2048, '\0');
        bytes[0] = '\x1f';
        bytes[3] = system;
        bytes[453] = '\x61';
        bytes[455] = shape;
        return bytes;
    };
    const auto narrow = header_of("dvvideo", frame_of(0));
    CHECK_FALSE(narrow.empty());
    CHECK(header_of("dvvideo", frame_of('\xf8')) == narrow);  // the other bits tell something else
    CHECK(header_of("dvvideo", frame_of(2)) != narrow);
    CHECK(header_of("dvvideo", frame_of(0, '\x80')) != narrow);
    auto without_pack = frame_of(0);
    without_pack[453] = '\xff';
    CHECK(header_of("dvvideo", without_pack).empty());
    CHECK(header_of("dvvideo", frame_of(0).substr(0, 455)).empty());
    CHECK(header_of("dvvideo", std::string(2048, '\0')).empty());
}

TEST_CASE("the first field is told of pictures whose fields are two moments") {
    const auto picture = [](char field, char progressive) {
        return packet(std::string("\0\0\1\xb5\x8f\xff\xf3", 7) + field + progressive);
    };
    CHECK(first_field_of("mpeg2video", picture('\x80', 0)) == 't');
    CHECK(first_field_of("mpeg2video", picture(0, 0)) == 'b');
    CHECK(first_field_of("mpeg2video", picture('\x80', '\x80')) == 0);
    CHECK(first_field_of("h264", picture('\x80', 0)) == 0);
    CHECK(first_field_of("mpeg2video", packet("")) == 0);
}

TEST_CASE("a recovery point says how many pictures it takes") {
    const auto with = [](const std::string& messages) {
        const std::string parameters("\0\0\1\x67\x42\0\0\1\x68\xce", 10);
        return packet(parameters + std::string("\0\0\1\x06", 4) + messages + std::string("\x80\0\0\1\x41", 5));
    };
    CHECK(recovery_point(with(std::string("\6\1\x48", 3)).substr(9)) == 1);
    CHECK(recovery_point("") == 0);
    CHECK(pictures_to_recover("h264", with(std::string("\6\1\xc0", 3))) == 0);
    CHECK(pictures_to_recover("h264", with(std::string("\6\1\x48", 3))) == 1);
    CHECK(pictures_to_recover("h264", with(std::string("\6\2\x06\x50", 4))) == 49);  // 00000 110010
    CHECK(pictures_to_recover("h264", with(std::string("\1\2\x11\x22\6\2\x06\x50", 8))) ==
          49);  // behind another message
    CHECK(pictures_to_recover("h264", with(std::string("\1\2\x11\x22", 4))) == 0);
    CHECK(pictures_to_recover("h264", with(std::string("\6\x7f", 2))) == 0);  // cut off
    CHECK(pictures_to_recover("h264", with("\6")) == 0);
    CHECK(pictures_to_recover("h264", with(std::string("\5\x7f rest", 7))) == 0);  // it claims more than there is
    CHECK(pictures_to_recover("h264", packet("")) == 0);
    CHECK(pictures_to_recover("hevc", with(std::string("\6\2\x06\x50", 4))) == 0);
}

TEST_CASE("a picture of H.264 is an instantaneous refresh or not, in both forms and behind any container's header") {
    const auto behind_length = [](const std::string& unit) {
        return std::string{'\0', '\0', static_cast<char>(unit.size() >> 8U), static_cast<char>(unit.size() & 0xffU)} +
               unit;
    };
    const auto in_annex_b = [](const std::string& unit) { return std::string("\0\0\0\1", 4) + unit; };
    const auto delimiter = std::string("\x09\x10"), information = "\x06" + std::string(300, '\x05');
    const auto check = [&](auto form, const std::string& slice, bool wanted) {
        const auto picture = form(delimiter) + form(information) + form(slice + std::string(9000, 'x'));
        for (std::size_t prefix = 0; prefix < 31; ++prefix) {
            CAPTURE(prefix);
            const auto bytes = std::string(prefix, '\xff') + picture;
            CHECK(is_idr(std::string_view(bytes).substr(0, kHeaderBytes), std::ssize(picture)) == wanted);
        }
    };
    check(behind_length, "\x65", true);
    check(behind_length, "\x41", false);
    check(in_annex_b, "\x65", true);
    check(in_annex_b, "\x41", false);
    CHECK_FALSE(is_idr("", 0));
    CHECK_FALSE(is_idr(std::string(kHeaderBytes, '\0'), 9000));
    CHECK_FALSE(is_idr(behind_length("\x65" + std::string(200, 'x')), 100));  // longer than its packet
}
