#include <doctest/doctest.h>
#include <fmt/format.h>

#include <libdadcam/footage/field_order.hpp>
#include <tests/support/scripts.hpp>

using dadcam::footage::read_idet;

namespace {

std::string words(int top, int bottom, int progressive) {
    return fmt::format(
        "[Parsed_idet_0 @ 0x1] Single frame detection: TFF:     9 BFF:     9 Progressive:     9\n"
        "[Parsed_idet_0 @ 0x1] Multi frame detection: TFF: {:5} BFF: {:5} Progressive: {:5} Undetermined: 0\n",
        top, bottom, progressive);
}

}  // namespace

TEST_CASE("idet's majority is the field order") {
    CHECK(read_idet(words(50, 2, 8)) == "tt");
    CHECK(read_idet(words(0, 60, 0)) == "bb");
    CHECK(read_idet(words(0, 0, 60)) == "progressive");
}

TEST_CASE("a few quick movements do not make a clip interlaced") {
    CHECK(read_idet(words(4, 0, 3)) == "progressive");
    CHECK(read_idet(words(20, 0, 40)) == "progressive");
}

TEST_CASE("pictures are looked at only where ffprobe leaves the field order open and two fields fit into them") {
    const dadcam::test::TemporaryFolder folder;
    const auto ffmpeg = dadcam::test::write_script(
        folder / "ffmpeg",
        "echo '[Parsed_idet_0 @ 0x1] Multi frame detection: TFF: 50 BFF: 0 Progressive: 0 Undetermined: 0' >&2");
    const auto order_of = [&](int height, const char* said) {
        const auto ffprobe = dadcam::test::write_script(
            folder / "ffprobe", fmt::format(R"(echo '{{"streams": [{{"codec_type": "video", "codec_name": "mpeg4",
                "width": 640, "height": {}, "time_base": "1/25", "duration": "1", "field_order": "{}"}}]}}')",
                                            height, said));
        const dadcam::process::Stop stop;
        return dadcam::footage::look_into(ffprobe, ffmpeg, dadcam::process::input_of("/a.avi"), stop).field_order;
    };
    CHECK(order_of(480, "unknown") == "tt");
    CHECK(order_of(480, "bb") == "bb");
    CHECK(order_of(480, "progressive") == "progressive");
    CHECK(order_of(289, "unknown") == "tt");
    CHECK(order_of(288, "unknown") == "progressive");
}

TEST_CASE("what a clip says of itself in its tags is not taken for the filter's words") {
    const std::string tag =
        "    title           : Multi frame detection: TFF: 0 BFF: 60 Progressive: 0\n"
        "                    : [Parsed_idet_0 @ 0x1] Multi frame detection: TFF: 0 BFF: 60 Progressive: 0\n";
    CHECK(read_idet(tag) == "unknown");
    CHECK(read_idet(tag + words(50, 2, 8)) == "tt");
    CHECK(read_idet(words(0, 60, 0) + words(50, 2, 8)) == "tt");
    CHECK(read_idet("Multi frame detection: TFF:" + std::string(4'000'000, '\r') + "\n" + words(50, 2, 8)) == "tt");
    CHECK(read_idet("[Parsed_idet_0 @ 0x1] Multi frame detection: TFF: 99999999999999999999 BFF: x") == "unknown");
    CHECK(read_idet("[Parsed_idet_0 @ 0x1] Multi frame detection:") == "unknown");
    CHECK(read_idet("\n\n\n") == "unknown");
}

TEST_CASE("without a word from idet nothing is known") {
    CHECK(read_idet("") == "unknown");
    CHECK(read_idet(words(0, 0, 0)) == "unknown");
}
