#pragma once

#include <functional>
#include <libdadcam/ffmpeg/arguments.hpp>
#include <libdadcam/footage/clip.hpp>
#include <libdadcam/library/library.hpp>
#include <libdadcam/library/lut_store.hpp>
#include <libdadcam/library/run_store.hpp>
#include <libdadcam/measure/pictures.hpp>
#include <libdadcam/process/stop.hpp>
#include <libdadcam/recipe/preset.hpp>
#include <libdadcam/recipe/recipe.hpp>
#include <libdadcam/recipe/sequence.hpp>
#include <libdadcam/render/options.hpp>
#include <libdadcam/timeline/film_format.hpp>
#include <libdadcam/zone.hpp>
#include <map>
#include <string>
#include <vector>

namespace dadcam::render {

/// A LUT as a run remembers it.
struct SnapshotLut {
    std::string name;
    std::string content_id;
};

/// A piece of music as a run remembers it.
struct SnapshotMusic {
    std::string path;  ///< stored
    std::string content_id;
};

/// All that a film is made from. The same snapshot, ffmpeg and font give the same bytes.
struct Snapshot {
    recipe::Recipe recipe;
    recipe::Preset preset;
    std::vector<footage::Clip> inputs;  ///< in the film's order
    timeline::FilmFormat format;
    std::optional<SnapshotLut> lut;
    std::string zone;  ///< the library's, by which the inputs' local times are
    std::vector<SnapshotMusic> music{};
    recipe::Sequence sequence{};  ///< empty: each input, and nothing else
    /// Where pictures are copied: of each input's file, by footage::rendering_id(). Read anew, never stored.
    std::map<std::string, measure::Pictures> pictures{};
};

/// From a recipe and the clips that it selects. Each clip gets its local time, so that what is drawn of it does not
/// depend on the zone and its rules of a later day. Error(general) when it selects none.
Snapshot take_snapshot(const recipe::Recipe& recipe, std::vector<footage::Clip> inputs,
                       std::optional<SnapshotLut> lut = std::nullopt, const Zone& zone = {});

/// Takes these inputs off it, one flag for each.
void take_off(Snapshot& snapshot, const std::vector<bool>& gone);

/// A later one reads what an earlier one wrote: what it adds has a value that stands for "not recorded".
inline constexpr int kSnapshotVersion = 1;

/// From the texts of an old run. Error(general) when they cannot be read.
Snapshot read_snapshot(const library::RunSnapshot& texts);
library::RunSnapshot write_snapshot(const Snapshot& snapshot);

/// What a look at the inputs' files brought to light.
struct InputNotes {
    std::vector<std::string> changed;   ///< stored paths, probed again; and the LUT
    std::vector<std::string> left_out;  ///< stored paths: gone, and taken off the snapshot
};

/// Looks at the file of every input and of the LUT. A clip that has changed since is probed again, a LUT is taken as it
/// is now. Those that are gone: Error(input_not_found) naming each, or with `leave_out` they are taken off, unless none
/// is left.
InputNotes check_inputs(library::Library& library, Snapshot& snapshot, const RenderTools& tools, bool leave_out,
                        const process::Stop& stop);

/// What is copied of an item's clip. In ticks of its stream, from its first picture.
struct Copied {
    ffmpeg::PicturePart part;
    std::int64_t last_dts = 0;    ///< when the last picture of it is decoded
    std::int64_t earlier_us = 0;  ///< by how much it begins before what was asked for, in microseconds
    std::int64_t later_us = 0;    ///< and ends behind that
    bool in_own_file = false;     ///< all of its pictures are copied, from where they lie
};

/// The snapshot laid out and cut.
struct Plan {
    std::vector<timeline::Item> items;
    std::vector<Copied> copied;  ///< of each item, where pictures are copied
    std::vector<timeline::Segment> segments;
    std::vector<std::string> keys;  ///< of the segments
    ffmpeg::CardTexts texts{};

    Frames frames() const { return timeline::total_frames(items); }
};

Plan make_plan(const Snapshot& snapshot, const RenderTools& tools);

/// The filters of ffmpeg that rendering it takes.
std::vector<std::string> filters_of(const Snapshot& snapshot, const Plan& plan);

/// What ffmpeg's arguments are made from.
ffmpeg::Film film_of(const library::Library& library, const Snapshot& snapshot, const Plan& plan,
                     const RenderTools& tools);

/// How ffmpeg is told which file a clip is. The library outlives it.
std::function<std::string(const footage::Clip&)> input_names(const library::Library& library);

/// A segment's clips, for a person: "a.mov", "a.mov, b.mov and 3 more".
std::string clips_of(const Snapshot& snapshot, const Plan& plan, const timeline::Segment& segment);

}  // namespace dadcam::render
