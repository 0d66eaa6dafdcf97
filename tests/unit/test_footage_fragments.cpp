#include <doctest/doctest.h>

#include <libdadcam/footage/fragments.hpp>
#include <sstream>
#include <tests/support/movie.hpp>

using namespace dadcam::footage;
using dadcam::test::box;
using dadcam::test::u32;

namespace {

/// Three samples, each with a duration and a size.
std::string run(std::uint64_t size = 7) {
    return box("trun", u32(0x301) + u32(3) + u32(100) + u32(10) + u32(5) + u32(10) + u32(size) + u32(10) + u32(6));
}

std::string track(std::uint64_t time, const std::string& run_of_it = run()) {
    return box("traf", box("tfhd", u32(0x20000) + u32(1)) + box("tfdt", u32(0) + u32(time)) + run_of_it);
}

std::string fragment(const std::string& track_of_it) {
    return box("moof", box("mfhd", u32(0) + u32(1)) + track_of_it) + box("mdat", std::string(18, 'x'));
}

const std::string kHead = box("ftyp", "iso5") + box("moov", "");

std::pair<bool, bool> flaws(const std::string& bytes) {
    std::istringstream file(bytes);
    const auto found = flaws_of_fragments(file, bytes.size());
    return {found.is_any_broken, found.is_end_lost};
}

constexpr std::pair kNone{false, false}, kBroken{true, false}, kEndLost{false, true};

}  // namespace

TEST_CASE("fragments that are whole have no flaw, and what has no fragments has none") {
    CHECK(flaws(kHead + fragment(track(0)) + fragment(track(30)) + box("mfra", "")) == kNone);
    CHECK(flaws(kHead + fragment(track(0)) + std::string(100, '\0')) == kNone);  // never written
    CHECK(flaws(kHead + box("mdat", "x") + "something else") == kNone);
    CHECK(flaws("") == kNone);
    CHECK_FALSE(flaws_of_fragments("/nowhere/a.mp4").is_end_lost);
}

TEST_CASE("a fragment that does not say where its pictures lie is broken") {
    const auto first = kHead + fragment(track(30));
    CHECK(flaws(first + fragment(track(29))) == kBroken);          // its time was lost
    CHECK(flaws(first + fragment(track(60, run(0)))) == kBroken);  // the size of a picture
    CHECK(flaws(first + fragment(track(60, box("trun", u32(0x301) + u32(4) + u32(100) + std::string(24, 'x'))))) ==
          kBroken);
    CHECK(flaws(first + fragment(box("traf", box("tfhd", u32(0) + u32(0)) + run()))) == kBroken);
    CHECK(flaws(first + fragment("")) == kBroken);
    const auto whole = fragment(track(60));
    const auto header = whole.size() - 26;            // bytes: of the fragment without its pictures
    for (std::size_t at = 8; at < header; at += 4) {  // any number in it
        CAPTURE(at);
        auto torn = whole;
        torn.replace(at, header - at, header - at, '\0');
        CHECK(flaws(first + torn) == kBroken);
    }
}

TEST_CASE("what lies behind the last fragment that can be found is lost, and what of it is cut off") {
    const auto first = kHead + fragment(track(0)), second = fragment(track(30));
    CHECK(flaws(first + std::string(40, '\0') + second) == kEndLost);
    CHECK(flaws(first + "XXXX" + second) == kEndLost);
    for (std::size_t size = 4; size < second.size(); ++size) {
        CAPTURE(size);
        CHECK(flaws(first + second.substr(0, size)) == kEndLost);
    }
}
