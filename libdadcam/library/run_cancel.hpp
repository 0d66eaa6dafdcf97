#pragma once

#include <cstdint>
#include <libdadcam/library/library.hpp>

/// A cancel that one process asks for and another one hears.
namespace dadcam::library {

/// pending → cancelled. False when it was not pending.
bool cancel_pending(Library& library, std::int64_t id);
/// Asks whoever renders the run to cancel it. False when it is not rendering.
bool request_cancel(Library& library, std::int64_t id);
bool cancel_requested(Library& library, std::int64_t id);

}  // namespace dadcam::library
