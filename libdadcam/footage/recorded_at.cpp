#include <libdadcam/footage/recorded_at.hpp>
#include <libdadcam/time.hpp>

namespace dadcam::footage {
namespace {

std::chrono::minutes distance(std::chrono::local_seconds wall, std::chrono::sys_seconds instant) {
    return std::chrono::round<std::chrono::minutes>(wall.time_since_epoch() - instant.time_since_epoch());
}

std::string as_known(const Moment& moment) {
    if (!moment.wall) return {};
    return moment.instant ? format_wall(*moment.wall, distance(*moment.wall, *moment.instant))
                          : format_wall(*moment.wall);
}

}  // namespace

std::optional<RecordedAt> recorded(const Moment& moment, const std::string& source, bool estimated, const Zone& zone) {
    if (!moment.wall && !moment.instant) return std::nullopt;
    const auto instant = moment.instant ? *moment.instant : zone.instant(*moment.wall);
    return RecordedAt{format_utc(instant), source, estimated, as_known(moment)};
}

Moment moment_of(const RecordedAt& recorded) {
    const auto instant = parse_utc(recorded.time);
    const auto local = parse_time(recorded.local);
    if (!local) return {std::nullopt, instant};
    return {local->wall, local->offset ? instant : std::nullopt};
}

RecordedAt in_zone(RecordedAt recorded, const Zone& zone) {
    const auto moment = moment_of(recorded);
    if (moment.wall && !moment.instant) recorded.time = format_utc(zone.instant(*moment.wall));
    return recorded;
}

std::chrono::local_seconds wall_of(const RecordedAt& recorded, const Zone& zone) {
    const auto moment = moment_of(recorded);
    return moment.wall ? *moment.wall : zone.wall(moment.instant.value_or(std::chrono::sys_seconds{}));
}

std::string local_text(const RecordedAt& recorded, const Zone& zone) {
    if (!recorded.local.empty()) return recorded.local;
    const auto instant = parse_utc(recorded.time).value_or(std::chrono::sys_seconds{});
    const auto wall = zone.wall(instant);
    return format_wall(wall, distance(wall, instant));
}

}  // namespace dadcam::footage
