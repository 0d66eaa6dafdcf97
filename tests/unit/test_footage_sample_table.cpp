#include <doctest/doctest.h>

#include <libdadcam/footage/sample_table.hpp>
#include <sstream>
#include <tests/support/movie.hpp>

using namespace dadcam::footage;
using dadcam::test::box;
using dadcam::test::u32;

namespace {

std::string scaled(const char* type, std::uint64_t scale) {
    return box(type, u32(0) + u32(0) + u32(0) + u32(scale) + u32(0));
}

std::string time_table(const std::string& entries) {
    return box("stts", u32(0) + u32(entries.size() / 8) + entries);
}

/// Ten of 1000 ticks, of which there are 25,000 a second, and one of 100.
const std::string kTimes = time_table(u32(10) + u32(1000) + u32(1) + u32(100));

std::string numbered(std::uint64_t number, const std::string& times, const std::string& edits = {}) {
    return box("trak", box("tkhd", u32(0) + u32(0) + u32(0) + u32(number)) + edits +
                           box("mdia", scaled("mdhd", 25000) + box("minf", box("stbl", times))));
}

/// In milliseconds, of the samples' ticks; -1: nothing is shown.
std::string edit(std::uint64_t length, std::int64_t begin) {
    return u32(length) + u32(static_cast<std::uint32_t>(begin)) + u32(0x10000);
}

std::string edit_list(const std::string& all) {
    return box("edts", box("elst", u32(0) + u32(all.size() / 12) + all));
}

std::string movie_of(const std::string& tracks) {
    return box("ftyp", "qt  ") + box("mdat", "xxx") + box("moov", scaled("mvhd", 1000) + tracks);
}

std::optional<SampleTimes> times_in(const std::string& bytes, const std::string& number = "0x1") {
    std::istringstream file(bytes);
    return sample_times(file, bytes.size(), number);
}

}  // namespace

TEST_CASE("a movie's table says how many samples a track has and how long they are") {
    const auto two = movie_of(numbered(2, time_table(u32(7) + u32(5))) + numbered(1, kTimes));
    const auto times = times_in(two).value();
    CHECK(times.samples == 11);
    CHECK(times.ticks == 10'100);
    CHECK(times.last == 100);
    CHECK(times.scale == 25'000);
    CHECK(times.shortest == 1000);
    CHECK(times.last_shown == 100);
    CHECK(times.is_whole);
    CHECK_FALSE(times.has_edits);
    CHECK(times_in(two, "0x2")->ticks == 35);
    CHECK(times_in(two, "0x2")->shortest == 5);
    for (const char* none : {"0x3", "", "0x", "1", "0x1g"}) CHECK_FALSE(times_in(two, none));
}

TEST_CASE("an edit list shows the samples up to their end, or it does not") {
    const auto is_whole = [](const std::string& all) {
        return times_in(movie_of(numbered(1, kTimes, edit_list(all))))->is_whole;
    };
    CHECK(is_whole(edit(404, 0)));
    CHECK(is_whole(edit(403, 0)));  // rounded
    CHECK(is_whole(edit(21, -1) + edit(404, 0)));
    CHECK(is_whole(edit(364, 1000)));
    CHECK(is_whole(edit(0, 0)));  // as long as they are
    CHECK_FALSE(is_whole(edit(400, 0)));
    CHECK_FALSE(is_whole(edit(404, 0) + edit(404, 0)));
    CHECK_FALSE(is_whole(edit(21, -1)));
}

TEST_CASE("what an edit list hides of the beginning is not shown") {
    const auto shown = [](const std::string& all, const std::string& delays = {}) {
        return times_in(movie_of(numbered(1, kTimes + delays, edit_list(all))))->shown;
    };
    const auto late = box("ctts", u32(0) + u32(1) + u32(11) + u32(2000));
    CHECK(times_in(movie_of(numbered(1, kTimes)))->shown == 10'100);
    CHECK(shown(edit(404, 0)) == 10'100);
    CHECK(shown(edit(21, -1) + edit(404, 0)) == 10'100);
    CHECK(shown(edit(364, 1000)) == 9100);
    CHECK(shown(edit(404, 1000)) == 9100);  // longer than there is
    CHECK(shown(edit(0, 1000)) == 9100);
    CHECK(shown(edit(404, 2000), late) == 10'100);
    CHECK(shown(edit(404, 3000), late) == 9100);
    CHECK(shown(edit(364, 3000), late) == 9100);
    CHECK(shown(edit(404, 20'000)) == 0);
}

TEST_CASE("samples that are reordered end with the one that is shown last, however early it is decoded") {
    // Shown at 2000, 32000, 3000 and 4000, each of them until the next one is decoded: 1000, 1000, 28000 and 1000
    // ticks.
    const auto lengths = time_table(u32(2) + u32(1000) + u32(1) + u32(28'000) + u32(1) + u32(1000));
    const auto delays = [](const std::string& runs) { return box("ctts", u32(0) + u32(runs.size() / 8) + runs); };
    const auto all = delays(u32(1) + u32(2000) + u32(1) + u32(31'000) + u32(1) + u32(1000) + u32(1) + u32(0xffff'9a1f));
    const auto times = times_in(movie_of(numbered(1, lengths + all))).value();
    CHECK(times.ticks == 31'000);
    CHECK(times.begin == 2000);
    CHECK(times.end == 33'000);
    CHECK(times.shown == 31'000);
    CHECK(times.last_shown == 1000);
    CHECK(times.shortest == 1000);
    const auto edited = times_in(movie_of(numbered(1, lengths + all, edit_list(edit(1240, 2000))))).value();
    CHECK(edited.is_whole);
    CHECK(edited.shown == 31'000);
    CHECK_FALSE(times_in(movie_of(numbered(1, lengths + all, edit_list(edit(100, 2000)))))->is_whole);
    // A table of delays that ends early, or cannot be read, delays nothing behind its end.
    CHECK(times_in(movie_of(numbered(1, kTimes + delays(u32(1) + u32(500)))))->begin == 500);
    CHECK(times_in(movie_of(numbered(1, kTimes + delays(u32(1) + u32(500)))))->end == 10'100);
    CHECK(times_in(movie_of(numbered(1, kTimes + box("ctts", u32(0) + u32(9) + u32(1) + u32(500)))))->begin == 0);
}

TEST_CASE("what no recording says, or what is cut off, is no table") {
    const auto whole = movie_of(numbered(1, kTimes));
    for (std::size_t bytes = 0; bytes < whole.size(); ++bytes) CHECK_FALSE(times_in(whole.substr(0, bytes)));
    CHECK_FALSE(times_in(movie_of(numbered(1, time_table("")))));
    CHECK_FALSE(times_in(movie_of(numbered(1, time_table(u32(0) + u32(40))))));
    CHECK_FALSE(times_in(movie_of(numbered(1, box("stts", u32(0) + u32(1'000'000) + u32(1) + u32(1))))));
    CHECK_FALSE(times_in(movie_of(numbered(1, time_table(u32(0xffffffff) + u32(0xffffffff))))));
    CHECK_FALSE(sample_times("/nowhere/a.mp4", "0x1"));
    std::string many;
    for (std::uint64_t at = 0; at < 20'000; ++at) many += u32(1) + u32(at);
    CHECK(times_in(movie_of(numbered(1, time_table(many))))->ticks == 199'990'000);
}
