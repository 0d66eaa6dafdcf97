// Everything that finds a date in foreign bytes: names, streams, and what lies beside a clip.
#include <cstddef>
#include <cstdint>
#include <libdadcam/footage/date_in_avchd.hpp>
#include <libdadcam/footage/date_in_avi.hpp>
#include <libdadcam/footage/date_in_dv.hpp>
#include <libdadcam/footage/date_in_name.hpp>
#include <libdadcam/footage/date_text.hpp>
#include <libdadcam/footage/exif_date.hpp>
#include <libdadcam/footage/moi.hpp>
#include <libdadcam/footage/side_file.hpp>
#include <libdadcam/footage/takeout.hpp>
#include <string>
#include <string_view>

namespace {

using namespace dadcam::footage;
using namespace std::chrono;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

/// What is told has a side, is of the years that count, and is a whole day if it says so.
void check(const std::optional<Told>& told) {
    if (!told) return;
    const auto& [wall, instant] = told->moment;
    require(wall || instant);
    const auto since = wall ? wall->time_since_epoch() : instant->time_since_epoch();
    const sys_days day = floor<days>(sys_seconds{since});
    const auto date = year_month_day{day};
    // A wall of the first or the last day, seen from UTC, may be a day outside.
    require(date.year() >= (wall ? year{1971} : year{1970}) && date.year() <= (wall ? year{2099} : year{2100}));
    if (told->day_only) require(wall && !instant && sys_seconds{since} == day);
    if (wall && instant) require(abs(wall->time_since_epoch() - instant->time_since_epoch()) <= 14h);
}

void check_streams(std::string_view bytes) {
    check(dv_date(bytes));
    check(avchd_date(bytes));
    const auto h264 = h264_of_transport(bytes);
    require(h264.size() <= bytes.size());
    check(avchd_date(h264));
    check(idit_date(bytes));
    check(idit_date(find_idit(bytes)));
}

void check_side_files(std::string_view bytes) {
    check(takeout_date(bytes));
    check(xdcam_date(bytes));
    check(exif_date(bytes));
    if (const auto moi = read_moi(bytes); moi && moi->wall) check(Told{{moi->wall, {}}, false});
    for (const auto& name : takeout_names(std::string(bytes.substr(0, 255)))) require(name.ends_with(".json"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check(date_in_name(bytes));
    check(offset_time(bytes));
    check(matroska_date(bytes));
    check_streams(bytes);
    check_side_files(bytes);
    return 0;
}
