#pragma once

#include <cstdint>
#include <filesystem>
#include <istream>
#include <optional>
#include <string>

namespace dadcam::footage {

/// When the samples of a movie's track are shown, as their tables say (`stts`, `ctts`, `elst`: ISO/IEC 14496-12,
/// 8.6.1.2, 8.6.1.3, 8.6.6): ffmpeg shows them by these, whatever the headers say of their length. In ticks.
struct SampleTimes {
    std::int64_t samples = 0;
    std::int64_t ticks = 0;       ///< how long all of them are decoded for
    std::int64_t last = 0;        ///< the one that is decoded last
    std::int64_t shortest = 0;    ///< of the others; 0 when there are none
    std::int64_t last_shown = 0;  ///< the one that is shown last
    std::int64_t begin = 0;       ///< when the first one is shown
    std::int64_t end = 0;         ///< when the last one has been shown
    std::int64_t shown = 0;       ///< how much of that an edit list shows, where it shows one stretch
    std::int64_t scale = 1;       ///< ticks a second
    bool has_edits = false;       ///< whether an edit list says what of them is shown
    bool is_whole = true;         ///< whether it is all in one and up to their end
};

/// `track`: its number as ffprobe writes it, "0x1". Nothing where there is no such track or no table, as in a movie in
/// fragments, or where they say what no recording has.
std::optional<SampleTimes> sample_times(const std::filesystem::path& file, const std::string& track);
/// Of `size` bytes.
std::optional<SampleTimes> sample_times(std::istream& file, std::uint64_t size, const std::string& track);

}  // namespace dadcam::footage
