#pragma once

#include <libdadcam/render/snapshot.hpp>
#include <libdadcam/timeline/source.hpp>
#include <string>
#include <vector>

/// Pictures that are copied can be cut at some places only: what a recipe shows of its clips is moved there.
namespace dadcam::render {

/// Moves the windows of sources, whose pictures are all known, each to the nearest places at which its clip can be cut
/// that leave nothing of it out: they begin with their first picture, and are as long as up to the film's next frame.
/// Returns what is copied of each.
std::vector<Copied> move_windows(std::vector<timeline::Source>& sources, const Snapshot& snapshot);

/// A window that had to be moved. In microseconds.
struct Moved {
    std::string path;             ///< the clip's, stored
    std::int64_t from_us = 0;     ///< of the clip, now
    std::int64_t until_us = 0;    ///< the same
    std::int64_t earlier_us = 0;  ///< by how much it begins before what was asked for
    std::int64_t later_us = 0;    ///< by how much it ends behind that
};
std::vector<Moved> moved_windows(const Snapshot& snapshot, const Plan& plan);

/// For a person: "a.mp4 is shown from 0:02 to 0:10.04: 1.2 s more at its beginning, 0.04 s more at its end."
std::vector<std::string> sentences_of(const std::vector<Moved>& moved);

}  // namespace dadcam::render
