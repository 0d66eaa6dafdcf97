#pragma once

#include <libdadcam/footage/moment.hpp>
#include <optional>
#include <string_view>

namespace dadcam::footage {

/// When a DV camera recorded, from the packs of the first frame in these bytes that has a date: 0x62 (VAUX REC DATE)
/// and 0x63 (VAUX REC TIME) in its subcode or its VAUX (IEC 61834-2 and -4). The frames are found wherever they begin:
/// the bytes may be of a raw .dv or from the middle of an AVI or a MOV. At the wall: cameras leave the pack's zone
/// unset. A year of two digits from 75 on is of the last century. Without a time it is a day. Pure, linear.
std::optional<Told> dv_date(std::string_view bytes);

}  // namespace dadcam::footage
