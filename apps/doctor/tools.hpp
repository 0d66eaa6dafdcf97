#pragma once

#include <apps/context.hpp>
#include <apps/doctor/finding.hpp>

namespace dadcam::app {

/// What dadcam runs and draws with, and what belongs to the person: their settings, the launcher, ffmpeg and ffprobe,
/// what ffmpeg has, a font, the time zones. And whether ffmpeg can read a clip: a launcher may lead to a machine that
/// does not have it, and an ffmpeg in a cage (a snap) may not see its folder. `clip`: a file that is there; empty:
/// none.
Findings look_at_tools(const Context& context, const std::filesystem::path& clip);

}  // namespace dadcam::app
