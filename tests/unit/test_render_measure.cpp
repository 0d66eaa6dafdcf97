#include <doctest/doctest.h>

#include <libdadcam/render/measure.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/scripts.hpp>

using namespace dadcam;
using namespace dadcam::render;

namespace {

const std::string kWhole =
    R"({"programs":[],"streams":[{"codec_type":"video","time_base":"1/25","duration_ts":250,"nb_frames":"250"},)"
    R"({"codec_type":"audio","time_base":"1/48000","duration_ts":480000,"nb_frames":"469"}]})";

std::string replaced(std::string text, const std::string& part, const std::string& by) {
    const auto at = text.find(part);
    REQUIRE(at != std::string::npos);
    return text.replace(at, part.size(), by);
}

Category category_of(const std::string& json) {
    return test::error_of([&] { read_measure(json); }).category();
}

}  // namespace

TEST_CASE("a file's own index says how many frames and samples it holds") {
    CHECK(read_measure(kWhole) == Measured{{250}, {480'000}});
}

TEST_CASE("sound that counts in another time base is converted") {
    CHECK(read_measure(replaced(kWhole, "1/48000\",\"duration_ts\":480000", "1/44100\",\"duration_ts\":441000"))
              .samples == Samples{480'000});
    CHECK(
        read_measure(replaced(kWhole, "1/48000\",\"duration_ts\":480000", "1/30000\",\"duration_ts\":1001")).samples ==
        Samples{1602});
}

TEST_CASE("a file that lacks picture or sound is not what it should be") {
    CHECK(category_of(replaced(kWhole, "\"audio\"", "\"data\"")) == Category::encoding_error);
    CHECK(category_of(replaced(kWhole, "\"video\"", "\"data\"")) == Category::encoding_error);
    CHECK(category_of(R"({"streams":[]})") == Category::encoding_error);
    CHECK(category_of("{}") == Category::encoding_error);
    CHECK(category_of("") == Category::encoding_error);
    CHECK(category_of("[]") == Category::encoding_error);
}

TEST_CASE("a stream without its numbers is not what it should be") {
    CHECK(category_of(replaced(kWhole, ",\"nb_frames\":\"250\"", "")) == Category::encoding_error);
    CHECK(category_of(replaced(kWhole, "\"nb_frames\":\"250\"", "\"nb_frames\":250")) == Category::encoding_error);
    CHECK(category_of(replaced(kWhole, "\"duration_ts\":480000,", "")) == Category::encoding_error);
    CHECK(category_of(replaced(kWhole, "1/48000", "0/1")) == Category::encoding_error);
    CHECK(read_measure(replaced(kWhole, "\"nb_frames\":\"250\"", "\"nb_frames\":\"N/A\"")).frames == Frames{0});
}

TEST_CASE("ffprobe is asked about the file, and its failure is the file's") {
    const test::TemporaryFolder folder;
    process::Stop stop;
    test::write_file(folder / "answer", kWhole);
    const auto good = test::write_script(folder / "good", "cat '" + (folder / "answer").string() + "'");
    CHECK(measure(good, "/films/a.mov", stop) == Measured{{250}, {480'000}});
    const auto bad = test::write_script(folder / "bad", "cat '" + (folder / "answer").string() + "'; exit 1");
    CHECK(test::error_of([&] { measure(bad, "/films/a.mov", stop); }).category() == Category::encoding_error);
    stop.request();
    CHECK(test::error_of([&] { measure(good, "/films/a.mov", stop); }).category() == Category::cancelled);
}
