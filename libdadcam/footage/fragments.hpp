#pragma once

#include <cstdint>
#include <filesystem>
#include <istream>

namespace dadcam::footage {

/// What of an MP4 or QuickTime movie in fragments cannot be read, as its boxes say (ISO/IEC 14496-12, 8.8).
struct FragmentFlaws {
    bool is_any_broken = false;  ///< one of them does not say where its pictures and sound lie
    bool is_end_lost = false;    ///< something lies behind the last one that can be found, or that one is cut off
};

/// No flaw where it is no such movie, or cannot be read. Reads the header of each fragment.
FragmentFlaws flaws_of_fragments(const std::filesystem::path& file);
/// Of `size` bytes.
FragmentFlaws flaws_of_fragments(std::istream& file, std::uint64_t size);

}  // namespace dadcam::footage
