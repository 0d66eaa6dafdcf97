#pragma once

#include <fmt/format.h>

#include <libdadcam/footage/moment.hpp>
#include <libdadcam/time.hpp>
#include <optional>
#include <string>

namespace dadcam::test {

/// "2019-07-14 18:30:12" at the wall, "2019-07-14" a day, "2019-07-14 16:30:12Z" an instant, "2019-07-14 18:30:12 +120"
/// both, with the minutes between them; "" for nothing.
inline std::string text_of(const std::optional<footage::Told>& told) {
    if (!told) return {};
    const auto text = [](std::chrono::seconds since_epoch) {
        auto utc = format_utc(std::chrono::sys_seconds{since_epoch});
        utc[10] = ' ';
        return utc;
    };
    const auto& [wall, instant] = told->moment;
    if (!wall) return instant ? text(instant->time_since_epoch()) : "neither";
    const auto shown = text(wall->time_since_epoch()).substr(0, told->day_only ? 10 : 19);
    if (!instant) return shown;
    const auto offset = wall->time_since_epoch() - instant->time_since_epoch();
    return fmt::format("{} {:+}", shown, std::chrono::duration_cast<std::chrono::minutes>(offset).count());
}

}  // namespace dadcam::test
