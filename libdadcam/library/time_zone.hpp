#pragma once

#include <libdadcam/library/library.hpp>
#include <libdadcam/zone.hpp>

namespace dadcam::library {

/// Whether it has a zone: one that was made by an earlier dadcam has none.
bool has_zone(Library& library);

/// The library's zone; UTC where it has none. Error(general) for one that this system does not know.
Zone zone_of(Library& library);

/// Gives it another zone. The clips of which only a wall time is known get the instants that this makes of them.
void set_zone(Library& library, const Zone& zone);

/// The first zone of a library that has none. Its recipes took every day as one of UTC: now they ask for days at the
/// wall, as people meant them.
void give_zone(Library& library, const Zone& zone);

}  // namespace dadcam::library
