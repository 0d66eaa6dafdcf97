#pragma once

#include <filesystem>

namespace dadcam::render {

/// Lets a film that ffmpeg made begin with the picture that is shown first. ffmpeg's edit list lets it begin with the
/// one that is first in the file, and hides those that follow that one and are shown before it. Then that list goes,
/// and the delays between decoding and showing become what they are without it (ISO/IEC 14496-12, 8.6.1.3, version 1):
/// a few bytes of the index. Error(encoding_error) when it is no whole film, and what is thrown when it cannot be
/// written.
void show_first_pictures(const std::filesystem::path& film);

}  // namespace dadcam::render
