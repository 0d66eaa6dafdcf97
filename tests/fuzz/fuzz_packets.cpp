// ffprobe's list of packets, whatever its bytes, the bytes of a file at a packet, and an MPEG-TS's tables. The first
// byte of the input chooses where the list is split.
#include <cstddef>
#include <cstdint>
#include <libdadcam/measure/headers.hpp>
#include <libdadcam/measure/recodings.hpp>
#include <libdadcam/measure/regions.hpp>
#include <string_view>
#include <tests/support/packets.hpp>
#include <vector>

namespace {

using namespace dadcam::measure;
using dadcam::test::packets_in;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

void check_regions(const std::vector<Packet>& packets, bool sizes_tell) {
    RegionFinder finder(100.0 / 9, sizes_tell);
    RegionReader reader(100.0 / 9);
    for (const auto& packet : packets) {
        finder.add(packet);
        reader.add(packet);
    }
    const auto beginnings = finder.beginnings();
    for (std::size_t i = 1; i < beginnings.size(); ++i) require(beginnings[i - 1] < beginnings[i]);
    for (const auto& [stream, stretch] : reader.pictures()) {
        require(!stretch.keys.empty() && stretch.keys.front().us == 0);
        for (std::size_t i = 1; i < stretch.keys.size(); ++i) require(stretch.keys[i - 1].us < stretch.keys[i].us);
    }
}

std::vector<Recoding> recodings_in(std::string_view bytes, std::size_t chunk) {
    ProgramMapReader reader;
    for (std::size_t at = 0; at < bytes.size(); at += chunk) reader.feed(bytes.substr(at, chunk));
    for (const auto& one : reader.found()) require(one.byte <= one.first && one.time >= 0 && one.time >> 33 == 0);
    return reader.found();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto whole = packets_in(text, text.size() + 1);
    require(packets_in(text, data[0] % 16U + 1) == whole);
    for (const bool sizes_tell : {false, true}) check_regions(whole, sizes_tell);
    for (const char* codec : {"mpeg1video", "mpeg2video", "h264", "hevc", "dvvideo", "ac3", "aac", "mp2", "opus"}) {
        require(header_of(codec, text).size() <= text.size() + 2);
    }
    require(pictures_to_recover("h264", text) >= 0 && pictures_to_recover("h264", text) < 1 << 17);
    if (is_idr(text, static_cast<std::int64_t>(text.size()))) require(text.size() > 3);
    require(recodings_in(text, data[0] % 250U + 1) == recodings_in(text, text.size() + 1));
    return 0;
}
