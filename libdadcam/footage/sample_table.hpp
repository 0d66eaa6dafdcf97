#pragma once

#include <cstdint>
#include <filesystem>
#include <istream>
#include <optional>
#include <string>

namespace dadcam::footage {

/// How long the samples of a movie's track are, as their table says (`stts`, ISO/IEC 14496-12, 8.6.1.2): ffmpeg shows
/// them by it, whatever the headers say of their length.
struct SampleTimes {
    std::int64_t samples = 0;
    std::int64_t ticks = 0;  ///< all of them together
    std::int64_t shown = 0;  ///< the same without those that an edit list hides before the first one that it shows
    std::int64_t last = 0;   ///< the last one, in ticks
    std::int64_t scale = 1;  ///< ticks a second
    bool has_edits = false;  ///< whether an edit list says what of them is shown
    bool is_whole = true;    ///< whether it is all in one and up to their end

    /// How long the others are on average, in ticks; 0 when there are none.
    double others() const {
        return samples > 1 ? static_cast<double>(ticks - last) / static_cast<double>(samples - 1) : 0;
    }
};

/// `track`: its number as ffprobe writes it, "0x1". Nothing where there is no such track or no table, as in a movie in
/// fragments, or where they say what no recording has.
std::optional<SampleTimes> sample_times(const std::filesystem::path& file, const std::string& track);
/// Of `size` bytes.
std::optional<SampleTimes> sample_times(std::istream& file, std::uint64_t size, const std::string& track);

}  // namespace dadcam::footage
