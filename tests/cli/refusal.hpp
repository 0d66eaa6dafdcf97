#pragma once

#include <string>
#include <tests/cli/sandbox.hpp>
#include <vector>

namespace dadcam::test {

/// Calls the program with something it must refuse, and asserts all that a refusal is: this exit code, nothing on
/// standard output, a sentence that says what happened and holds `says`, one that says what to do and holds `advises`,
/// no control codes, and not one byte changed in the library.
void check_refused(const Sandbox& sandbox, const Call& call, int code, const std::string& says,
                   const std::string& advises = "");

/// The same in the library's folder.
void check_refused(const Sandbox& sandbox, const std::vector<std::string>& arguments, int code, const std::string& says,
                   const std::string& advises = "");

/// Bytes that a terminal would take for a command, escapes and line ends aside.
bool has_control_codes(std::string_view text);

}  // namespace dadcam::test
