// A .MOD whose header says 4:3 of a 16:9 recording: the .MOI beside it is believed wherever the clip is looked at.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <fstream>
#include <tests/film/decode.hpp>
#include <tests/film/studio.hpp>
#include <tests/support/dates.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/scripts.hpp>

using namespace dadcam::test;
namespace fs = std::filesystem;

namespace {

/// Ten frames of an MPEG-2 program stream, its clock from 0 on, whose header has this aspect.
std::string stretch(const Studio& studio, const std::string& aspect) {
    const auto file = studio / "stretch.vob";
    output_of(
        "ffmpeg",
        {"-nostdin",  "-v",         "error", "-y",  "-f",         "lavfi", "-i",      "testsrc2=s=720x576:r=25:d=0.4",
         "-c:v",      "mpeg2video", "-q:v",  "4",   "-threads",   "1",     "-aspect", aspect,
         "-muxdelay", "0",          "-f",    "vob", file.string()});
    return read_file(file);
}

/// A recording that was paused after each of these, with the header's aspect of each.
std::string paused_recording(const Studio& studio, const Words& aspects) {
    std::string bytes;
    for (const auto& aspect : aspects) bytes += stretch(studio, aspect);
    return bytes;
}

/// A library of this one clip, and what a MOI beside it says, if there is one.
struct Card : Studio {
    explicit Card(const Words& aspects, const std::string& moi_beside = {}) {
        write_file(library / "MOV001.MOD", paused_recording(*this, aspects));
        if (!moi_beside.empty()) write_file(library / "MOV001.MOI", moi_beside);
        take_in();
    }

    Json clip() const { return json({"clips"}).at(0); }

    /// How wide and how high a film of it is, if nobody says so.
    Words settings_of_film(fs::path& film_of_it) {
        film_of_it = film({"--fps", "25", "--preset", "archive"});
        const auto settings = json({"export-details", "1"})["normalizedSettings"];
        return {settings["width"].dump(), settings["height"].dump()};
    }
};

/// Six tenths of a second of pictures and sound.
void record_dv(const fs::path& file, const std::string& source, const std::string& aspect) {
    output_of("ffmpeg",
              {"-nostdin", "-v", "error", "-lavfi", source + "[v];sine=d=0.6:r=48000[a]", "-map", "[v]", "-map", "[a]",
               "-ac", "2", "-pix_fmt", "yuv420p", "-aspect", aspect, "-f", "dv", file.string()});
}

int spans_in(const Studio& studio) {
    auto database = studio.database();
    SQLite::Statement query(database, "SELECT json_array_length(value, '$.spans') FROM measurements");
    return query.executeStep() ? query.getColumn(0).getInt() : 0;
}

/// The film of the one is picture by picture that of the other, and so wide.
void check_same_film(Card& told, Card& header, const Words& size) {
    fs::path one, other;
    CHECK(told.settings_of_film(one) == size);
    CHECK(header.settings_of_film(other) == size);
    CHECK(picture_hashes(one) == picture_hashes(other));
}

}  // namespace

TEST_SUITE_BEGIN("shape");

TEST_CASE("a film of a MOD whose MOI says 16:9 is that of one whose header says so") {
    Card told({"4:3"}, moi(0x54)), header({"16:9"});
    CHECK(told.clip()["sampleAspect"] == "64/45");
    check_same_film(told, header, {"1024", "576"});
    const auto shown = told.must({"clip-show", "1"});
    CHECK(contains(shown, "pixels 64/45"));
    CHECK(contains(shown, "the .MOI beside it says 16:9"));
    CHECK(told.json({"clip-show", "1"})["aspectBeside"] == "16:9");
}

TEST_CASE("each stretch of a paused recording has the shape that its MOI tells, whatever each of their headers says") {
    Card told({"4:3", "16:9", "4:3"}, moi(0x54)), header({"16:9", "16:9", "16:9"});
    CHECK(spans_in(told) == 3);
    check_same_film(told, header, {"1024", "576"});
}

TEST_CASE("without a MOI, or with one that agrees, the header is believed") {
    Card alone({"4:3", "4:3"}), agreeing({"4:3", "4:3"}, moi(0x51));
    CHECK(alone.clip()["sampleAspect"] == "16/15");
    check_same_film(agreeing, alone, {"768", "576"});
    CHECK_FALSE(contains(alone.must({"clip-show", "1"}), ".MOI"));
}

TEST_CASE("a MOI that comes later counts from the next ingest on, also for what was measured before") {
    Card late({"4:3", "4:3"}), header({"16:9", "16:9"});
    late.must({"measure"});
    write_file(late.library / "MOV001.MOI", moi(0x54));
    CHECK(late.json({"ingest", "."})["known"] == 1);
    CHECK(late.clip()["sampleAspect"] == "64/45");
    check_same_film(late, header, {"1024", "576"});
    fs::remove(late.library / "MOV001.MOI");
    fs::last_write_time(late.library / "MOV001.MOD", fs::file_time_type::clock::now());
    CHECK(late.json({"ingest", "."})["known"] == 1);
    CHECK(late.clip()["sampleAspect"] == "64/45");
}

TEST_CASE("a MOD that is too large to be measured at once, and its copy without a MOI, are shown as the MOI says") {
    Studio studio;
    const auto card = studio / "card/MOV001.MOD";
    fs::create_directories(card.parent_path());
    write_file(card, stretch(studio, "4:3"));
    fs::resize_file(card, (64 << 20) + 1);  // what is lost of it costs no time: zeros
    std::ofstream(card, std::ios::binary | std::ios::app) << stretch(studio, "4:3");
    write_file(studio / "card/MOV001.MOI", moi(0x54));
    studio.must({"init"});
    studio.must({"ingest", "--copy", card.parent_path().string()});
    CHECK(studio.count("measurements") == 0);
    CHECK(studio.json({"clips"}).at(0)["sampleAspect"] == "64/45");
    const auto film = studio.film({"--fps", "25", "--preset", "archive"});
    CHECK(studio.count("measurements") == 1);
    CHECK(studio.json({"clips"}).at(0)["sampleAspect"] == "64/45");
    Card header({"16:9", "16:9"});
    CHECK(picture_hashes(film) == picture_hashes(header.film({"--fps", "25", "--preset", "archive"})));
}

TEST_CASE("another file with the same content takes nothing from a clip whose MOI tells its shape") {
    Card told({"4:3"}, moi(0x54));
    fs::create_directories(told / "backup");
    fs::copy_file(told.library / "MOV001.MOD", told / "backup/MOV001.MOD");
    CHECK(told.json({"ingest", (told / "backup").string()})["duplicates"].size() == 1);
    CHECK(told.clip()["sampleAspect"] == "64/45");
}

TEST_CASE("a DV whose shape changes on the way is right on both sides") {
    Studio whole, parts;
    std::string bytes;
    for (const std::string aspect : {"4:3", "16:9", "4:3"}) {
        const auto file = parts.library / fmt::format("{}.dv", bytes.size());
        record_dv(file, fmt::format("testsrc2=s=720x576:r=25:d=0.6,hue=h={}", bytes.size() / 20'000), aspect);
        bytes += read_file(file);
    }
    write_file(whole.library / "whole.dv", bytes);
    const Words settings{"--preset", "archive", "--resolution", "768x576", "--fps", "25"};
    for (auto* studio : {&whole, &parts}) studio->take_in();
    const auto film = whole.film(settings), wanted = parts.film(settings);
    CHECK(picture_hashes(film).size() == 45);
    CHECK(picture_hashes(film) == picture_hashes(wanted));
    CHECK(whole.json({"clips"}).at(0)["sampleAspect"] == "16/15");
}

TEST_CASE("a DV in which a picture or two call themselves of another shape is one recording") {
    constexpr std::size_t kPicture = 144'000, kShape = 455;
    Studio studio;
    const auto file = studio.library / "tape.dv";
    record_dv(file, "testsrc2=s=720x576:r=25:d=0.6", "4:3");
    auto bytes = read_file(file);
    bytes[5 * kPicture + kShape] = 2;
    bytes[9 * kPicture + kShape] = 2;
    bytes[10 * kPicture + kShape] = 2;
    write_file(file, bytes);
    studio.take_in();
    CHECK(spans_in(studio) == 1);
}

TEST_SUITE_END();
