#pragma once

#include <apps/context.hpp>
#include <string>

namespace dadcam::app {

/// Asks on the terminal, [y/N]. False also when a stop comes first. Error(usage) where there is nobody to answer:
/// `what` has to be confirmed.
bool confirmed(Context& context, const std::string& question, const std::string& what);

}  // namespace dadcam::app
