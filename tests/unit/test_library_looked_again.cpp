#include <doctest/doctest.h>

#include <libdadcam/library/clip_store.hpp>
#include <libdadcam/library/ingest.hpp>
#include <libdadcam/library/time_zone.hpp>
#include <tests/support/home.hpp>
#include <tests/support/scripts.hpp>

using namespace dadcam;
using namespace dadcam::library;
using test::Home;
namespace fs = std::filesystem;

TEST_CASE("a clip of which an earlier dadcam knew less is looked into again, and keeps its number and its tags") {
    Home home;
    home.clip("Italy/20190714_183012.mp4", "red");
    home.take_in();
    const auto id = known_file(home.library, "Italy/20190714_183012.mp4").value().clip_id;
    add_tag(home.library, "favorite", {id});
    set_zone(home.library, Zone::find("Europe/Berlin").value());
    home.library.database().exec(
        "UPDATE clips SET facts_version = 1, recorded_local = NULL, recorded_at = '2019-07-14T18:30:12Z', camera = "
        "'old'");
    const auto probes = home.probes();
    const auto report = home.take_in();
    CHECK(report.known == 1);
    CHECK(report.added.empty());
    CHECK(home.probes() > probes);
    const auto clip = find_clip(home.library, id).value();
    CHECK(clip.recorded == footage::RecordedAt{"2019-07-14T16:30:12Z", "file_name", false, "2019-07-14T18:30:12"});
    CHECK(clip.tags == std::vector<std::string>{"favorite"});
    CHECK(clip.camera.empty());
    const auto then = home.probes();
    CHECK(home.take_in().known == 1);
    CHECK(home.probes() == then);
}

TEST_CASE("a copy that is looked into again keeps the date and the event that its file's folder told") {
    Home home;
    const auto card = home.folder / "2003-12-24 Christmas" / "MOV001.mp4";
    test::make_clip(card, "red");
    home.take_in({card}, true);
    home.library.database().exec("UPDATE clips SET facts_version = 1");
    CHECK(home.take_in().known == 1);
    const auto clip = test::all_clips(home.library).at(0);
    CHECK(clip.path == "originals/2003/12/MOV001.mp4");
    CHECK(clip.event == "2003-12-24 Christmas");
    CHECK(clip.recorded.source == "folder_name");
    CHECK(clip.recorded.local.starts_with("2003-12-24T"));
}
