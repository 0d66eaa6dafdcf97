#pragma once

#include <string>
#include <vector>

namespace dadcam::ffmpeg {

/// The words of a command line.
using Arguments = std::vector<std::string>;

void add(Arguments& arguments, const Arguments& more);

/// How every ffmpeg is started: quiet but for warnings, its progress in blocks, no network, nothing asked.
Arguments common();

/// Nothing in a file but what was recorded: no dates, no versions, no tags of the sources.
Arguments bare_output();

}  // namespace dadcam::ffmpeg
