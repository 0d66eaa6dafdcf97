#include <algorithm>
#include <array>
#include <libdadcam/footage/date_in_name.hpp>
#include <libdadcam/footage/date_in_stream.hpp>
#include <libdadcam/footage/date_text.hpp>
#include <libdadcam/footage/dating.hpp>
#include <libdadcam/footage/side_file.hpp>
#include <libdadcam/time.hpp>

namespace dadcam::footage {
namespace {

using std::chrono::sys_seconds;

constexpr std::array<std::string_view, 8> kSources{"user",      "quicktime", "stream",      "container",
                                                   "side_file", "file_name", "folder_name", "mtime"};

/// Whether a clock that was set can have shown it. NTP's first era and a 32-bit count of seconds from 1904 and 1900 end
/// in February of 2036 and 2040, and broken headers say so.
bool is_believable(sys_seconds instant, sys_seconds now) {
    using namespace std::chrono;
    const auto day = floor<days>(instant);
    const bool end_of_era = day == sys_days{year{2036} / 2 / 6} || day == sys_days{year{2036} / 2 / 7};
    return instant >= sys_days{year{1971} / 1 / 1} && instant <= now + days{1} && !end_of_era;
}

/// The container's time is UTC, where it says so and the camera knows a zone; else what the camera's clock showed.
std::optional<Told> container_date(const Facts& facts) {
    if (!facts.creation_time) return std::nullopt;
    const auto time = parse_time(*facts.creation_time);
    if (!time) return std::nullopt;
    if (!time->offset || writes_wall_as_utc(facts.camera)) return Told{{time->wall, std::nullopt}, false};
    const sys_seconds instant{time->wall.time_since_epoch() - *time->offset};
    if (*time->offset == std::chrono::minutes{0}) return Told{{std::nullopt, instant}, false};
    return Told{{time->wall, instant}, false};
}

std::optional<Told> tagged_date(const std::optional<std::string>& tag, std::optional<Told> (*read)(std::string_view)) {
    return tag ? read(*tag) : std::nullopt;
}

std::optional<Told> nearest_folder_date(const std::filesystem::path& path) {
    for (auto folder = path.parent_path(); folder.has_filename(); folder = folder.parent_path())
        if (auto told = date_in_name(folder.filename().string())) return told;
    return std::nullopt;
}

/// Of one file: turns what a source tells into a date, if that can be believed.
class Judge {
public:
    Judge(std::int64_t mtime_ns, const Clock& clock)
        : clock_(clock), modified_(std::chrono::seconds{mtime_ns / 1'000'000'000}) {}

    std::optional<RecordedAt> judge(const std::optional<Told>& told, const char* source) const {
        if (!told) return std::nullopt;
        auto moment = told->moment;
        const bool day_only = told->day_only && moment.wall;
        if (day_only) moment = at_time_of_day(*moment.wall);
        auto date = recorded(moment, source, told->day_only, clock_.zone);
        if (!date || !is_believable(*parse_utc(date->time), clock_.now)) return std::nullopt;
        return date;
    }

    RecordedAt modification() const { return *recorded({std::nullopt, modified_}, "mtime", true, clock_.zone); }

private:
    Moment at_time_of_day(std::chrono::local_seconds day) const {
        const auto modified = clock_.zone.wall(modified_);
        using std::chrono::days, std::chrono::floor;
        return {floor<days>(modified) == floor<days>(day) ? modified : day, std::nullopt};
    }

    const Clock& clock_;
    sys_seconds modified_;
};

}  // namespace

RecordedAt date_of(const std::filesystem::path& path, const Facts& facts, std::int64_t mtime_ns, const Clock& clock) {
    const Judge judge(mtime_ns, clock);
    if (auto date = judge.judge(tagged_date(facts.creation_date, offset_time), "quicktime")) return *date;
    if (auto date = judge.judge(date_in_stream(path, facts), "stream")) return *date;
    if (auto date = judge.judge(tagged_date(facts.date_recorded, matroska_date), "stream")) return *date;
    if (auto date = judge.judge(container_date(facts), "container")) return *date;
    if (const auto beside = date_beside(path))
        if (auto date = judge.judge(beside->told, "side_file")) return *date;
    auto by_name = judge.judge(date_in_name(path.stem().string()), "file_name");
    if (by_name) return *by_name;
    auto by_folder = judge.judge(nearest_folder_date(path), "folder_name");
    if (!by_folder) return judge.modification();
    by_folder->estimated = true;  // a folder's time is that of its first clip, or of a download
    return *by_folder;
}

bool is_better_source(std::string_view one, std::string_view other) {
    return std::find(kSources.begin(), kSources.end(), one) < std::find(kSources.begin(), kSources.end(), other);
}

}  // namespace dadcam::footage
