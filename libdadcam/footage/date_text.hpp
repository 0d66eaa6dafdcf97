#pragma once

#include <libdadcam/footage/moment.hpp>
#include <optional>
#include <string_view>

namespace dadcam::footage {

/// The date that Apple's devices give a recording (com.apple.quicktime.creationdate), and anything of ISO 8601 like it:
/// "2019-07-14T23:30:12-0400", with or without a colon in the offset, with fractions of a second (dropped), a blank
/// instead of the T, without seconds. With an offset it is both wall and instant; with Z the instant alone, since that
/// does not say what a clock on the wall showed; without either the wall alone. The date alone is a day. Pure.
std::optional<Told> offset_time(std::string_view text);

/// The tags DATE_RECORDED and DATE_DIGITIZED of Matroska: as above, also cut behind the month, which is its first day.
/// A year alone says too little. Matroska names no zone, so it is the wall's. Pure.
std::optional<Told> matroska_date(std::string_view tag);

}  // namespace dadcam::footage
