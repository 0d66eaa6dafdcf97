#include <doctest/doctest.h>
#include <fmt/format.h>

#include <tests/cli/sandbox.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/scripts.hpp>

namespace dadcam::test {
namespace {

namespace fs = std::filesystem;

/// A folder with nothing in it but, perhaps, an xdg-open that writes down what it was given.
fs::path search_path(const Sandbox& sandbox, bool with_opener) {
    const auto folder = sandbox / "programs";
    fs::create_directories(folder);
    if (with_opener) {
        const auto note = (sandbox / "opened").string();
        write_script(folder / "xdg-open", fmt::format("printf '%s\\n' \"$#\" \"$@\" >'{0}.part'\n"
                                                      "/bin/mv '{0}.part' '{0}'",
                                                      note));
    }
    return folder;
}

}  // namespace

TEST_SUITE("open") {
    TEST_CASE("without an opener the film's path is printed, and said to be all") {
        const ExportedLibrary sandbox;
        const auto film = sandbox.film;
        const Environment nothing{{"PATH", search_path(sandbox, false).string()}};
        for (const auto& environment : {nothing, Environment{{"PATH", ""}}}) {
            const auto ran = sandbox.dadcam({"export-open", "1"}, environment);
            CHECK(ran.ended() == "exit code 0");
            CHECK(ran.out == film.string() + "\n");
            CHECK(contains(ran.err, "xdg-open is not installed"));
        }
        const auto folder = sandbox.dadcam({"export-open", "1", "--folder"}, nothing);
        CHECK(folder.out == film.parent_path().string() + "\n");
        const auto json = Json::parse(sandbox.dadcam({"export-open", "1", "--json"}, nothing).out);
        CHECK(json["path"] == film.string());
        CHECK(json["opened"] == false);
    }

    TEST_CASE("an opener gets the film or its folder, and nothing else") {
        for (const bool folder : {false, true}) {
            CAPTURE(folder);
            const SmallLibrary sandbox("My \"best\" films");
            const auto film = sandbox.export_film();
            std::vector<std::string> arguments{"export-open", "1"};
            if (folder) arguments.emplace_back("--folder");
            const auto ran = sandbox.dadcam(arguments, {{"PATH", search_path(sandbox, true).string()}});
            CHECK(ran.ended() == "exit code 0");
            CHECK(ran.err.empty());
            const auto note = sandbox / "opened";
            REQUIRE(eventually([&] { return fs::exists(note); }));
            CHECK(read_file(note) == fmt::format("1\n{}\n", (folder ? film.parent_path() : film).string()));
        }
    }

    TEST_CASE("an export without a film says why, and one whose film is gone how to get it back") {
        const ExportedLibrary sandbox;
        const auto film = sandbox.film;
        sandbox.must({"export-rerun", "1", "--queue"});
        const auto pending = sandbox.dadcam({"export-open", "2"});
        CHECK(pending.ended() == "exit code 1");
        CHECK(contains(pending.err, "Export 2 has no film: it is pending."));
        fs::remove(film);
        const auto gone = sandbox.dadcam({"export-open", "1"});
        CHECK(gone.ended() == "exit code 11");
        CHECK(contains(gone.err, "dadcam export-rerun 1"));
    }
}

}  // namespace dadcam::test
