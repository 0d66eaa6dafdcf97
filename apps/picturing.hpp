#pragma once

#include <apps/context.hpp>
#include <functional>
#include <libdadcam/footage/clip.hpp>
#include <vector>

/// What gallery and clip-sheet have in common: pictures of clips.
namespace dadcam::app {

/// Opens the library to be written where that can be, else to be read: then there are the pictures that there are.
library::Library open_for_pictures(const Context& context);

/// The one who makes pictures for this library; nothing where it can only be read. Error(busy).
std::optional<library::WorkLock> lock_for_pictures(const Context& context, const library::Library& library);

/// Makes the pictures that are missing, with progress; says of which clips there are none. Returns how many were made.
/// Error(cancelled): what was made stays.
std::size_t make_pictures(const Context& context, library::Library& library, const library::WorkLock& lock,
                          const std::vector<footage::Clip>& clips);

/// Does it, and says of a full disk no more than that: Error(disk_full) else speaks of an export.
int beside_exports(const std::function<int()>& act);

}  // namespace dadcam::app
