// Streams of an MPEG-TS that keep their numbers and are coded otherwise from somewhere on: the program's map says so,
// and what ffmpeg makes of it depends on its version. Every flash and every beep is in the film, at its place.

#include <doctest/doctest.h>

#include <tests/film/decode.hpp>
#include <tests/film/tape.hpp>

using namespace dadcam::test;

namespace {

constexpr std::size_t kTransportPacket = 188;
constexpr unsigned kPicturesPid = 0x100, kSoundPid = 0x101;

const Words kH264Pictures{"-c:v", "libx264", "-preset", "ultrafast", "-g", "25"};
const Words kMpeg2Pictures{"-c:v", "mpeg2video", "-q:v", "4"};
const Words kHevcPictures{"-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error:keyint=25"};

std::vector<std::string> packets_of(const std::string& stream) {
    std::vector<std::string> packets;
    for (std::size_t at = 0; at < stream.size(); at += kTransportPacket)
        packets.push_back(stream.substr(at, kTransportPacket));
    return packets;
}

bool is_of(const std::string& packet, unsigned pid) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned>(static_cast<unsigned char>(packet[at])); };
    return ((byte(1) & 0x1fU) << 8U | byte(2)) == pid;
}

bool begins(const std::string& packet) {
    return (static_cast<unsigned char>(packet[1]) & 0x40U) != 0;
}

}  // namespace

TEST_SUITE_BEGIN("recoded");

TEST_CASE("pictures that are coded otherwise under the same number are in the film, each at its place") {
    check_tape(kH264, {{2, "64x48", 48000, 2, 1},
                       {2, "96x48", 48000, 2, 3, kHevcPictures},
                       {2, "64x48", 48000, 2, 0, kMpeg2Pictures},
                       {2, "64x48", 48000, 2, 2}});
}

TEST_CASE("sound that is coded otherwise under the same number is heard") {
    const auto sound = [](const std::string& codec) { return Words{"-c:a", codec, "-ar", "48000"}; };
    // A coding begins its sound up to a frame before its pictures, over the last frame of the other.
    constexpr double kOver = 0.03;
    check_tape(
        kTransportStream,
        {{2, "64x48", 48000, 2, 1}, {2, "64x48", 48000, 2, 3, sound("mp2")}, {2, "64x48", 48000, 2, 5, sound("aac")}},
        kOver);
}

TEST_CASE("sound that runs on where only the pictures are coded otherwise is heard without a gap") {
    Studio studio;
    auto two_seconds = kH264Pictures;
    two_seconds.insert(two_seconds.end(), {"-vf", "trim=end=2"});
    std::vector<std::string> others, sound;
    for (const auto& packet : packets_of(bytes_of(studio, kTransportStream, {4, "64x48", 48000, 2, 1, two_seconds})))
        (is_of(packet, kSoundPid) ? sound : others).push_back(packet);
    for (const auto& packet : packets_of(bytes_of(studio, kTransportStream, {2, "64x48", 48000, 2, 3}))) {
        if (!is_of(packet, kSoundPid)) others.push_back(packet);
    }
    // As a broadcast has it: what is heard with a picture lies a second and more behind it.
    constexpr double kBehind = 0.35;
    std::string tape;
    std::size_t heard = 0;
    for (std::size_t at = 0; at < others.size(); ++at) {
        const auto part = static_cast<double>(at) / static_cast<double>(others.size());
        for (; static_cast<double>(heard) < (part - kBehind) / (1 - kBehind) * static_cast<double>(sound.size());
             ++heard)
            tape += sound[heard];
        tape += others[at];
    }
    for (; heard < sound.size(); ++heard) tape += sound[heard];
    write_file(studio.library / "tape.ts", tape);
    studio.take_in();
    check_seconds(studio, 4);
}

TEST_CASE("pictures that are coded otherwise and have no key picture are left out by name, with their time") {
    Studio studio;
    auto tape = bytes_of(studio, kTransportStream, {2, "64x48", 48000, 2, 1});
    int pictures = 0;
    for (const auto& packet : packets_of(bytes_of(studio, kH264, {1, "64x48", 48000, 2, 3}))) {
        if (is_of(packet, kPicturesPid) && begins(packet)) ++pictures;
        if (!is_of(packet, kPicturesPid) || pictures > 1) tape += packet;
    }
    write_file(studio.library / "tape.ts", tape);
    studio.take_in();
    auto ran = studio.try_film({"--resolution", "64x48", "--fps", "25", "--preset", "archive"});
    CHECK(ran.ended() == "exit code 3");
    CHECK(ran.err.find("tape.ts (what comes at 2.00 s)") != std::string::npos);
    CHECK(studio.must({"export-details", "1", "--logs"}).find("tape.ts (what comes at 2.00 s)") != std::string::npos);
    ran.out.pop_back();
    CHECK(flashes_in(ran.out) == std::vector<std::int64_t>{0, 25});
    CHECK(brightness(ran.out).size() == 50);
}

TEST_SUITE_END();
