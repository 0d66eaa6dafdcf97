#include <doctest/doctest.h>

#include <algorithm>
#include <libdadcam/footage/date_in_avchd.hpp>
#include <libdadcam/footage/date_in_avi.hpp>
#include <tests/cli/film.hpp>
#include <tests/cli/sandbox.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/temporary_folder.hpp>
#include <tests/support/told.hpp>

namespace dadcam::test {

TEST_SUITE("real_clips") {
    TEST_CASE("real devices' clips become one film") {
        const std::filesystem::path clips = DADCAM_TEST_REAL_CLIPS;
        if (!std::filesystem::is_directory(clips)) {
            MESSAGE("skipped: there is no " << clips.string());
            return;
        }
        const auto before = tree_of(clips);
        const Sandbox sandbox;
        sandbox.must({"init"});
        const auto recordings = static_cast<std::size_t>(
            std::count_if(before.begin(), before.end(), [](const auto& file) { return !file.first.ends_with(".md"); }));
        REQUIRE(recordings > 0);
        CHECK(sandbox.json({"ingest", clips.string()})["added"].size() == recordings);
        sandbox.must({"recipe-create", "Film", "--mode", "all", "--resolution", "320x180"});
        const auto film = sandbox.export_film();

        const auto run = sandbox.json({"export-details", "1", "--logs"});
        const auto& settings = run["normalizedSettings"];
        check_film(film, run["framesTotal"].get<std::int64_t>(), parse_rational(settings["fps"].get<std::string>()));
        for (const auto& line : run["logs"]) CHECK_MESSAGE(line["level"] != "error", line.dump());
        CHECK(differences(before, tree_of(clips)).empty());
    }

    TEST_CASE("real cameras' own dates are found in what they wrote") {
        const std::filesystem::path clips = DADCAM_TEST_REAL_CLIPS;
        const auto avchd = clips / "Sony ILCE-7M3 (A7M3).mts", avi = clips / "MVI_4823.AVI";
        if (!std::filesystem::exists(avchd) || !std::filesystem::exists(avi)) {
            MESSAGE("skipped: they are not in " << clips.string());
            return;
        }
        CHECK(text_of(footage::avchd_date(footage::h264_of_transport(read_file(avchd)))) == "2019-04-24 22:24:00 +120");
        CHECK(text_of(footage::idit_date(footage::find_idit(read_file(avi)))) == "2012-09-10 20:52:00");
    }
}

}  // namespace dadcam::test
