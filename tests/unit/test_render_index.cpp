#include <doctest/doctest.h>

#include <libdadcam/render/index.hpp>
#include <sstream>
#include <tests/support/errors.hpp>
#include <tests/support/movie.hpp>
#include <tests/support/scripts.hpp>

using namespace dadcam;
using namespace dadcam::render;
using test::box, test::u32;

namespace {

Index read(const std::string& file) {
    std::istringstream in(file);
    return read_index(in, static_cast<std::int64_t>(file.size()));
}

/// A film of one sound track as given, over 1000 bytes of media.
std::string with_sound(const test::Track& sound) {
    return box("mdat", std::string(1000, 'm')) + box("moov", test::picture_track(10).text() + sound.text());
}

bool refused_file(const std::string& file) {
    try {
        read(file);
        return false;
    } catch (const Error& error) {
        return error.category() == Category::encoding_error;
    }
}

}  // namespace

TEST_CASE("an index says how many frames and samples there are, and where the sound lies") {
    const auto index = read(test::movie(250, std::string(4 * 480'000, 's')));
    CHECK(index.measured == Measured{{250}, {480'000}});
    CHECK(index.sound == std::vector<Chunk>{{8, 4 * 480'000}});
}

TEST_CASE("an index at the front, and a box that fills the room behind it, are read over") {
    const auto index = box("moov", test::picture_track(3).text() + test::sound_track(5, 100).text());
    const auto file =
        box("ftyp", "isom") + index + box("free", std::string(50, '\0')) + box("mdat", std::string(200, 'm'));
    CHECK(read(file).measured == Measured{{3}, {5}});
    const auto wide = u32(1) + "mdat" + test::big_endian(16 + 200, 8) + std::string(200, 'm');
    CHECK(read(box("ftyp", "isom") + index + wide).measured == Measured{{3}, {5}});
}

TEST_CASE("what an encoder put before the sound is not counted") {
    auto sound = test::sound_track(0, 8);
    sound.stts = u32(0) + u32(2) + u32(3) + u32(1024) + u32(1) + u32(500);
    sound.stsz = u32(0) + u32(0) + u32(4);  // of packets of different sizes
    sound.edts = box("edts", box("elst", u32(0) + u32(1) + u32(100) + u32(1024) + u32(0x10000)));
    const auto index = read(with_sound(sound));
    CHECK(index.measured.samples == Samples{3 * 1024 + 500 - 1024});
    CHECK(index.sound.empty());
}

TEST_CASE("sound that counts in another time scale is converted") {
    auto sound = test::sound_track(44'100, 8);
    sound.ticks_a_second = 44'100;
    sound.stsz = u32(0) + u32(0) + u32(44'100);
    CHECK(read(with_sound(sound)).measured.samples == Samples{48'000});
}

TEST_CASE("the pieces of the sound are listed in their order") {
    auto sound = test::sound_track(60, 8);
    sound.stsc = u32(0) + u32(2) + u32(1) + u32(25) + u32(1) + u32(3) + u32(10) + u32(1);
    sound.stco = u32(0) + u32(3) + u32(8) + u32(500) + u32(900);
    CHECK(read(with_sound(sound)).sound == std::vector<Chunk>{{8, 100}, {500, 100}, {900, 40}});
}

TEST_CASE("a file that is not whole is refused, wherever it ends") {
    const auto whole = test::movie(10, std::string(400, 's'));
    CHECK_FALSE(refused_file(whole));
    CHECK(refused_file(whole + std::string(3, '\0')));
    for (std::size_t size = 0; size < whole.size(); ++size) REQUIRE(refused_file(whole.substr(0, size)));
    const auto index = box("moov", test::picture_track(3).text() + test::sound_track(5, 100).text());
    const auto faststart = index + box("mdat", std::string(200, 'm'));
    for (std::size_t size = 0; size < faststart.size(); ++size) REQUIRE(refused_file(faststart.substr(0, size)));
}

TEST_CASE("a file without sound is refused, and one without picture has no frames") {
    CHECK(refused_file(box("moov", test::picture_track(3).text())));
    CHECK(refused_file(box("moov", "")));
    CHECK(refused_file(box("mdat", "text")));
    CHECK(refused_file("segment"));
    CHECK(read(box("mdat", std::string(100, 's')) + box("moov", test::sound_track(5, 8).text())).measured ==
          Measured{{0}, {5}});
}

TEST_CASE("an index that cannot be true is refused") {
    const auto changed = [](const std::function<void(test::Track&)>& change) {
        auto sound = test::sound_track(5, 8);
        change(sound);
        return refused_file(with_sound(sound));
    };
    CHECK_FALSE(changed([](test::Track&) {}));
    CHECK(changed([](auto& t) { t.ticks_a_second = 0; }));
    CHECK(changed([](auto& t) { t.stts = u32(0) + u32(0xffffffff) + u32(5) + u32(1); }));
    CHECK(changed([](auto& t) { t.stts = u32(0) + u32(1) + u32(0xffffffff) + u32(0xffffffff); }));
    CHECK(changed([](auto& t) { t.stco = u32(0) + u32(1) + u32(0xfffffff0); }));              // behind the end
    CHECK(changed([](auto& t) { t.stsc = u32(0) + u32(1) + u32(1) + u32(3000) + u32(1); }));  // longer than the file
    CHECK(changed([](auto& t) { t.stsc = u32(0) + u32(1) + u32(2) + u32(5) + u32(1); }));     // begins later
    CHECK(changed([](auto& t) { t.stsc = ""; }));
    CHECK(changed([](auto& t) { t.stco = ""; }));
    CHECK(changed([](auto& t) { t.edts = box("edts", box("elst", u32(0) + u32(2) + std::string(24, '\0'))); }));
    std::string many;
    for (int i = 0; i < 2000; ++i) many += box("free", "");
    CHECK(refused_file(many + test::movie(1, "sssss")));
}

TEST_CASE("a file of ffmpeg's own is read as ffprobe reads it, and its sound is where the index says") {
    const test::TemporaryFolder folder;
    const process::Stop stop;
    const auto file = (folder / "a.mov").string();
    const auto made =
        process::capture({test::quick_tool("ffmpeg"),
                          {"-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc=s=64x48:r=25:d=2", "-f", "lavfi",
                           "-i", "sine=r=48000:d=2", "-ac", "2", "-c:v", "libx264", "-c:a", "pcm_s16le", file}},
                         process::Stream::err, 1000, std::chrono::hours{1}, stop);
    REQUIRE_MESSAGE(made.finished.exit.success(), made.output);
    const auto index = index_of(file);
    CHECK(index.measured == Measured{{50}, {96'000}});
    const auto bytes = test::read_file(file);
    std::string sound;
    for (const auto& [offset, count] : index.sound) {
        sound += bytes.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(count));
    }
    const auto decoded = process::capture({test::quick_tool("ffmpeg"), {"-v", "error", "-i", file, "-f", "s16le", "-"}},
                                          process::Stream::out, 1 << 20, std::chrono::hours{1}, stop);
    CHECK((sound == decoded.output));
}
