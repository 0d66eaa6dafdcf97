#pragma once

#include <libdadcam/process/process.hpp>

namespace dadcam::process {

/// Runs a program that a person works with, such as an editor: with dadcam's own terminal, to its end, however long
/// that takes. Throws Error(tool_missing) when it cannot be started.
Exit run_in_foreground(const Command& command);

}  // namespace dadcam::process
