#pragma once

#include <apps/arguments/command_line.hpp>
#include <apps/context.hpp>
#include <string>
#include <vector>

namespace dadcam::app {

/// The word that the shells' completions call dadcam with, as the first. No command: it is in no help.
inline constexpr const char* kComplete = "__complete";

/// Prints what a shell offers for the last of the words, which a person is typing: "words", "files" or "folders" as a
/// line, and below it the words, one a line. The shell drops those that do not fit, and quotes the others.
/// The library is only read, from a copy of its database: nothing is migrated or swept up. Where it cannot be read, or
/// lies on a network, nothing is offered, and nothing said. A signal ends it at once.
int complete(Context& context, const CommandLine& line, std::vector<std::string> words);

}  // namespace dadcam::app
