#pragma once

#include <cstdint>
#include <filesystem>
#include <libdadcam/footage/facts.hpp>
#include <libdadcam/measure/boundaries.hpp>
#include <libdadcam/process/stop.hpp>
#include <string>
#include <vector>

namespace dadcam::measure {

/// What has to be known of a clip's pictures before they are copied. Times in ticks of the stream's time base, from
/// the first picture that is shown, if nothing is hidden.
struct Pictures {
    std::string parameters{};           ///< a hash of profile and decoder parameters: equal, or another kind
    std::vector<std::int64_t> times{};  ///< when each is shown, in that order
    std::int64_t first_pts = 0;         ///< of the first picture that is shown, on the stream's own clock
    std::int64_t end = 0;               ///< of the last one
    /// What is shown of them is [shown_from, shown_until): an edit list may hide those at both ends.
    std::int64_t shown_from = 0;
    std::int64_t shown_until = 0;
    std::int64_t first_dts = 0;  ///< when the first and the last one in the file are decoded
    std::int64_t last_dts = 0;
    Boundaries boundaries{};  ///< empty where no part of them is wanted
    std::string flaw{};       ///< why they cannot be copied: "it begins between two key pictures"
};

/// Programs, by their paths.
struct Readers {
    std::string ffprobe;
    std::string ffmpeg;
};

/// Lists a clip's packets, without decoding more than its first picture. `in_parts`: and where it can be cut.
/// Error(input_not_found) when ffprobe cannot read them to the end, Error(timeout), Error(cancelled).
Pictures read_pictures(const Readers& readers, const std::filesystem::path& absolute, const footage::Facts& facts,
                       bool in_parts, const process::Stop& stop);

}  // namespace dadcam::measure
