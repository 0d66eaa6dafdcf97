#pragma once

#include <apps/commands.hpp>
#include <apps/context.hpp>
#include <string>
#include <vector>

namespace dadcam::app {

/// Reads the command line (without the program's name), runs the command, reports what went wrong. Returns the exit
/// code, as dadcam(1) lists them.
int run(const std::vector<std::string>& arguments, Context& context);

/// The command whose name is nearest to a mistyped one; empty when none is near.
std::string nearest_command(const std::string& typed);

}  // namespace dadcam::app
