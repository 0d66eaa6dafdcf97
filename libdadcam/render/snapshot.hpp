#pragma once

#include <libdadcam/ffmpeg/arguments.hpp>
#include <libdadcam/footage/clip.hpp>
#include <libdadcam/library/library.hpp>
#include <libdadcam/library/run_store.hpp>
#include <libdadcam/process/stop.hpp>
#include <libdadcam/recipe/preset.hpp>
#include <libdadcam/recipe/recipe.hpp>
#include <libdadcam/timeline/film_format.hpp>
#include <string>
#include <vector>

namespace dadcam::render {

/// All that a film is made from. The same snapshot and the same ffmpeg give the same bytes.
struct Snapshot {
    recipe::Recipe recipe;
    recipe::Preset preset;
    std::vector<footage::Clip> inputs;  ///< in the film's order
    timeline::FilmFormat format;
};

/// From a recipe and the clips that it selects. Error(usage) when it selects none.
Snapshot take_snapshot(const recipe::Recipe& recipe, std::vector<footage::Clip> inputs);

/// From the texts of an old run. Error(general) when they cannot be read.
Snapshot read_snapshot(const library::RunSnapshot& texts);
library::RunSnapshot write_snapshot(const Snapshot& snapshot);

/// Looks at every input's file. Error(input_not_found) naming each that is gone. One that has changed since is probed
/// again, and `notes` says so.
void check_inputs(const library::Library& library, std::vector<footage::Clip>& inputs, const std::string& ffprobe,
                  const process::Stop& stop, std::vector<std::string>& notes);

/// The snapshot laid out and cut.
struct Plan {
    std::vector<timeline::Item> items;
    std::vector<timeline::Segment> segments;
    std::vector<std::string> keys;  ///< of the segments

    Frames frames() const { return timeline::total_frames(items); }
};

Plan make_plan(const Snapshot& snapshot, const std::string& ffmpeg_identity);

/// What ffmpeg's arguments are made from.
ffmpeg::Film film_of(const Snapshot& snapshot, const Plan& plan);

}  // namespace dadcam::render
