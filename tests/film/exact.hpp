#pragma once

#include <tests/film/studio.hpp>

namespace dadcam::test {

/// Exports a film and asserts that it has the frames that its run says, each exactly one step after the other, and that
/// picture and sound end together within a frame.
void check_exact(Studio& studio, const std::string& preset, const std::string& rate, const Words& more = {});

}  // namespace dadcam::test
