#pragma once

#include <string>

namespace dadcam::footage {

/// A folder's or an event's name as it is typed and written today: UTF-8, composed (Unicode's NFC). A Mac's disk has
/// its letters and their accents apart; a name that is no UTF-8 comes from before it, and is read as ISO 8859-1.
std::string plain_name(const std::string& name);

}  // namespace dadcam::footage
