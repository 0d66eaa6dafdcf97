#pragma once

#include <libdadcam/footage/moment.hpp>
#include <optional>
#include <string_view>

namespace dadcam::footage {

/// The date in the name of a file (without its extension) or a folder, in the ways that cameras, phones, apps and
/// people write it: "VID_20190714_183012", "2019-07-14 18.30.12", "WhatsApp Video 2019-07-14 at 6.30.12 PM",
/// "2019_0714_183012_001", "24.12.2003", "1998-07" (its first day). The first one, but one with a time rather than its
/// day alone. The wall, except
///   - "PXL_…" (Google's Pixel) and a Z: UTC, the instant alone; an offset, "+01:00": both
///   - "mmexport1563129012345" (WeChat): milliseconds since 1970, the instant alone
/// Points are set as in 24.12.2003, the day first. With dashes and low lines a date that could be read with the day or
/// with the month first is none; with a year of two digits only 24.12.98 (71 to 99) is one, since 24.12.03 may be of
/// 2024, and WinDV's own "03-12-24_17-05.33". A hash, a UUID, or a date with letters close on both sides
/// ("SN20190714A") is none. Any bytes; pure, linear.
std::optional<Told> date_in_name(std::string_view name);

}  // namespace dadcam::footage
