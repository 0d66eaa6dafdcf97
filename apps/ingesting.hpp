#pragma once

#include <apps/context.hpp>
#include <libdadcam/library/ingest.hpp>

namespace dadcam::app {

/// Takes clips in, with progress on the terminal. `options` names the places and how; the tools are found here.
library::IngestReport take_in(const Context& context, library::Library& library, library::IngestOptions options);

/// The same, and prints what came of it. Returns the exit code.
int ingest_into(const Context& context, library::Library& library, library::IngestOptions options);

}  // namespace dadcam::app
