#pragma once

#include <libdadcam/process/stop.hpp>

namespace dadcam::app {

/// From now on SIGINT, SIGTERM and SIGHUP request a stop, but for those that are ignored already, as by nohup; SIGPIPE
/// becomes an error of the write, and children can be waited for, whatever the parent left.
void catch_signals(process::Stop& stop);

/// From now on they end the program, as they do without catch_signals().
void release_signals();

/// The signal that requested the stop; 0: none did.
int caught_signal();

}  // namespace dadcam::app
