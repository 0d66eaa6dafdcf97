#include <doctest/doctest.h>

#include <libdadcam/error.hpp>
#include <libdadcam/footage/correction.hpp>
#include <tests/support/errors.hpp>

using namespace dadcam;
using namespace dadcam::footage;
using namespace std::chrono_literals;

namespace {

const Zone kBerlin = Zone::named("Europe/Berlin");

const RecordedAt kCamcorder{"2019-07-14T16:30:12Z", "stream", true, "2019-07-14T18:30:12"};
const RecordedAt kPhone{"2019-07-14T16:30:12Z", "container", false};
const RecordedAt kAbroad{"2019-07-15T03:30:12Z", "quicktime", false, "2019-07-14T23:30:12-04:00"};

RecordedAt from_user(const char* time, const char* local = "") {
    return {time, "user", false, local};
}

template <typename Try>
bool is_refused(Try attempt) {
    return test::error_of(attempt).category() == Category::usage;
}

RecordedAt shifted_by(const RecordedAt& before, const char* by) {
    return corrected(before, {parse_shift(by), false, {}, {}}, kBerlin);
}

RecordedAt put_at(const RecordedAt& before, const char* at, const RecordedAt& first) {
    return corrected(before, correction_to(parse_time(at).value(), first, kBerlin), kBerlin);
}

RecordedAt from_zone(const RecordedAt& before, const char* zone) {
    return corrected(before, {{}, false, {}, Zone::named(zone)}, kBerlin);
}

}  // namespace

TEST_CASE("a shift is read in years, months, days, hours, minutes and seconds") {
    CHECK(parse_shift("+1h30m") == Shift{{}, 90min});
    CHECK(parse_shift("-1h5m") == Shift{{}, -65min});
    CHECK(parse_shift("45s") == Shift{{}, 45s});
    CHECK(parse_shift("+2y3mo1d") == Shift{std::chrono::months{27}, 24h});
    CHECK(parse_shift("-1d12h") == Shift{{}, -36h});
    for (const char* text : {"", "+", "-", "1", "+1", "h", "+h", "+1w", "+1.5h", "+1h-5m", "++1h", "+-1h", "1 h",
                             "+1h ", "+99999999999999999999h", "+1000000000000h", "+1hm", "1H", "+1h30"}) {
        CAPTURE(std::string(text));
        CHECK(is_refused([&] { parse_shift(text); }));
    }
}

TEST_CASE("a shift keeps what is known: the wall alone, the instant alone, or both with the offset") {
    CHECK(shifted_by(kCamcorder, "+1h30m") == from_user("2019-07-14T18:00:12Z", "2019-07-14T20:00:12"));
    CHECK(shifted_by(kPhone, "+1h30m") == from_user("2019-07-14T18:00:12Z"));
    CHECK(shifted_by(kAbroad, "-1h5m") == from_user("2019-07-15T02:25:12Z", "2019-07-14T22:25:12-04:00"));
    CHECK(shifted_by(kAbroad, "+15y") == from_user("2034-07-15T03:30:12Z", "2034-07-14T23:30:12-04:00"));
    // Summer time is over then: the instant of the same hour is another.
    CHECK(shifted_by(kPhone, "+6mo") == from_user("2020-01-14T17:30:12Z"));
    CHECK(shifted_by(kCamcorder, "+6mo") == from_user("2020-01-14T17:30:12Z", "2020-01-14T18:30:12"));
}

TEST_CASE("a day that a month does not have becomes its last") {
    const RecordedAt end_of_month{"2020-03-31T10:00:00Z", "stream", false, "2020-03-31T12:00:00"};
    CHECK(shifted_by(end_of_month, "-1mo").local == "2020-02-29T12:00:00");
    CHECK(shifted_by(end_of_month, "-1y1mo").local == "2019-02-28T12:00:00");
}

TEST_CASE("a shift out of 1900 to 2100 is refused") {
    for (const char* by : {"+90y", "-130y", "+9999999999999h", "+1000000000d", "-999999999mo"}) {
        CAPTURE(std::string(by));
        CHECK(is_refused([&] { shifted_by(kCamcorder, by); }));
    }
    CHECK(shifted_by(kCamcorder, "-119y").local == "1900-07-14T18:30:12");
    CHECK(shifted_by(kCamcorder, "+81y").local == "2100-07-14T18:30:12");
    CHECK(is_refused([&] { put_at(kCamcorder, "1899-12-31 23:59", kCamcorder); }));
}

TEST_CASE("the first clip is put where it was said to be, and the others keep their distance") {
    CHECK(put_at(kCamcorder, "2004-12-24 18:00", kCamcorder) ==
          from_user("2004-12-24T17:00:00Z", "2004-12-24T18:00:00"));
    const RecordedAt later{"2019-07-14T17:30:12Z", "stream", false, "2019-07-14T19:30:12"};
    CHECK(put_at(later, "2004-12-24 18:00", kCamcorder).local == "2004-12-24T19:00:00");
    CHECK(put_at(kPhone, "2004-12-24 18:00", kCamcorder) == from_user("2004-12-24T17:00:00Z", "2004-12-24T18:00:00"));
    CHECK(put_at(kAbroad, "2004-12-24 18:00", kAbroad) ==
          from_user("2004-12-24T22:00:00Z", "2004-12-24T18:00:00-04:00"));
}

TEST_CASE("a time with Z or an offset puts the first clip at that instant") {
    CHECK(put_at(kCamcorder, "2004-12-24T18:00:00Z", kCamcorder) == from_user("2004-12-24T18:00:00Z"));
    CHECK(put_at(kAbroad, "2004-12-24T18:00:00+01:00", kAbroad) ==
          from_user("2004-12-24T17:00:00Z", "2004-12-24T18:00:00+01:00"));
}

TEST_CASE("a camera's zone keeps what its clock showed, and the instant where that is known") {
    CHECK(from_zone(kCamcorder, "Asia/Tokyo") == from_user("2019-07-14T09:30:12Z", "2019-07-14T18:30:12+09:00"));
    CHECK(from_zone(kPhone, "Asia/Tokyo") == from_user("2019-07-14T16:30:12Z", "2019-07-15T01:30:12+09:00"));
    CHECK(from_zone(kAbroad, "Asia/Tokyo") == from_user("2019-07-15T03:30:12Z", "2019-07-15T12:30:12+09:00"));
    auto at = correction_to(parse_time("2004-12-24 18:00").value(), kAbroad, kBerlin);
    at.zone = Zone::named("Asia/Tokyo");
    CHECK(corrected(kAbroad, at, kBerlin) == from_user("2004-12-24T09:00:00Z", "2004-12-24T18:00:00+09:00"));
}
