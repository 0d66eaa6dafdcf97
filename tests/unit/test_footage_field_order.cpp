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

TEST_CASE("pictures say whether there are two fields where ffprobe does not, and which is the earlier one always") {
    const dadcam::test::TemporaryFolder folder;
    const auto order_of = [&](int height, const char* said, const std::string& seen = words(50, 0, 0)) {
        const auto ffmpeg = dadcam::test::write_script(folder / "ffmpeg", fmt::format("echo '{}' >&2", seen));
        const auto ffprobe = dadcam::test::write_script(
            folder / "ffprobe", fmt::format(R"(echo '{{"streams": [{{"codec_type": "video", "codec_name": "mpeg4",
                "width": 640, "height": {}, "time_base": "1/25", "duration": "1", "field_order": "{}"}}]}}')",
                                            height, said));
        const dadcam::process::Stop stop;
        return dadcam::footage::look_into(ffprobe, ffmpeg, dadcam::process::input_of("/a.avi"), stop).field_order;
    };
    CHECK(order_of(480, "unknown") == "tt");
    for (const char* said : {"tt", "bb", "tb", "bt"}) {
        CHECK(order_of(480, said) == "tt");
        CHECK(order_of(480, said, words(0, 18, 2)) == "bb");
        CHECK(order_of(480, said, words(0, 0, 20)) == said);  // nothing moves
        CHECK(order_of(480, said, words(9, 9, 2)) == said);
        CHECK(order_of(480, said, "") == said);
    }
    CHECK(order_of(480, "progressive") == "progressive");
    CHECK(order_of(289, "unknown") == "tt");
    CHECK(order_of(288, "unknown") == "progressive");
}

TEST_CASE("only a clip whose first pictures show that it is progressive is not looked at for longer") {
    const dadcam::test::TemporaryFolder folder;
    const auto ffprobe = dadcam::test::write_script(
        folder / "ffprobe", R"(echo '{"streams": [{"codec_type": "video", "codec_name": "mpeg4", "width": 640,
            "height": 480, "time_base": "1/25", "duration": "1"}]}')");
    const auto order_of = [&](const std::string& first, const std::string& longer) {
        const auto ffmpeg = dadcam::test::write_script(
            folder / "ffmpeg",
            fmt::format("case \"$*\" in *'-frames:v 60 '*) echo '{}';; *) echo '{}';; esac >&2", first, longer));
        const dadcam::process::Stop stop;
        return dadcam::footage::look_into(ffprobe, ffmpeg, dadcam::process::input_of("/a.avi"), stop).field_order;
    };
    CHECK(order_of(words(37, 0, 24), words(110, 100, 90)) == "progressive");  // a pattern that moves
    CHECK(order_of(words(37, 0, 24), words(240, 0, 60)) == "tt");
    CHECK(order_of(words(0, 0, 0), words(0, 200, 0)) == "bb");  // black at first
    CHECK(order_of(words(0, 60, 0), "") == "bb");               // what follows cannot be read
    CHECK(order_of(words(0, 0, 60), words(240, 0, 60)) == "progressive");
    CHECK(order_of("", "") == "unknown");
}

TEST_CASE("a clip whose beginning shows no field is looked at further on") {
    const dadcam::test::TemporaryFolder folder;
    /// What is seen at each place, one letter: of a field, of a whole picture, or of nothing that moves.
    const auto order_of = [&](const char* said, const char* duration, const std::string& begin,
                              const std::string& middle, const std::string& quarter, const std::string& last) {
        const auto ffprobe = dadcam::test::write_script(
            folder / "ffprobe", fmt::format(R"(echo '{{"streams": [{{"codec_type": "video", "codec_name": "mpeg4",
                "width": 640, "height": 480, "time_base": "1/25", "duration": "{}", "field_order": "{}"}}]}}')",
                                            duration, said));
        const auto ffmpeg = dadcam::test::write_script(
            folder / "ffmpeg",
            fmt::format("case \"$*\" in *'-ss 4000000us '*) echo '{}';; *'-ss 2000000us '*) echo '{}';; "
                        "*'-ss 6000000us '*) echo '{}';; *' -ss '*) ;; *) echo '{}';; esac >&2",
                        middle, quarter, last, begin));
        const dadcam::process::Stop stop;
        return dadcam::footage::look_into(ffprobe, ffmpeg, dadcam::process::input_of("/a.avi"), stop).field_order;
    };
    const auto field = words(60, 0, 0), other = words(0, 60, 0), whole = words(0, 0, 60), still = words(0, 0, 0);
    for (const char* said : {"unknown", "bt"}) {
        CAPTURE(said);
        CHECK(order_of(said, "8", still, field, other, other) == "tt");
        CHECK(order_of(said, "8", still, still, other, field) == "bb");
        CHECK(order_of(said, "8", still, still, still, field) == "tt");
        CHECK(order_of(said, "8", whole, field, still, still) == "tt");
        CHECK(order_of(said, "8", whole, still, still, field) == "tt");
    }
    CHECK(order_of("unknown", "8", whole, whole, field, field) == "progressive");
    CHECK(order_of("unknown", "8", still, whole, still, still) == "progressive");
    CHECK(order_of("unknown", "8", still, still, still, still) == "unknown");
    CHECK(order_of("unknown", "2", whole, field, field, field) == "progressive");
    CHECK(order_of("unknown", "9", whole, field, field, field) == "progressive");  // nothing can be read further on
    CHECK(order_of("bt", "8", whole, whole, field, field) == "bt");
    CHECK(order_of("progressive", "8", field, field, field, field) == "progressive");
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
