#pragma once

#include <libdadcam/footage/moment.hpp>
#include <optional>
#include <string_view>

namespace dadcam::footage {

/// What an AVI's chunk IDIT says, in the ways that cameras write it: "MON SEP 10 20:52:00 2012\n", "2005/08/02/ 11:28"
/// and "2001/ 1/27  1:42PM" (Casio), "2003/12/ 3 10:26:34", "2002-12-16  15:35:01" (Konica), "2013:06:27 21:24:22"
/// (Sigma), with whatever blanks, ends of line and zeros behind. The wall. ExifTool's documentation names the forms.
/// Pure.
std::optional<Told> idit_date(std::string_view text);

/// The text of the first IDIT in the bytes that an AVI begins with: at the top or in a list, but not among the
/// pictures. Empty when there is none, or when the bytes end before it. Pure; looks at no more than a few thousand
/// chunks.
std::string_view find_idit(std::string_view first_bytes);

}  // namespace dadcam::footage
