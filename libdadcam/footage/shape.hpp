#pragma once

#include <filesystem>
#include <libdadcam/footage/facts.hpp>
#include <optional>

namespace dadcam::footage {

/// Whether the .MOI beside a .MOD or .TOD says 16:9 or 4:3; nothing for any other file, and where none says it. Reads
/// no more of it than read_moi() needs.
std::optional<bool> wide_beside(const std::filesystem::path& clip);

/// Notes what a .MOI says of a clip, or of a part of one, and where its header says otherwise, gives it the sample
/// aspect that makes all of its stored picture 16:9 or 4:3: so ffmpeg reads the aspect of an MPEG-2 header
/// (ISO/IEC 13818-2, 6.3.3), and a header that had been right would have given the same. A header that is as near to it
/// as BT.601's own aspects, which do not count the edge of 720 pixels, is kept. A high-definition picture is never
/// 4:3 (BT.709), whatever a .MOI says. The same twice is the same as once.
void take_shape(Facts& facts, std::optional<bool> wide);

}  // namespace dadcam::footage
