#pragma once

#include <libdadcam/ffmpeg/arguments.hpp>
#include <libdadcam/footage/span.hpp>
#include <libdadcam/library/library.hpp>
#include <libdadcam/library/measurement_store.hpp>
#include <libdadcam/process/stop.hpp>
#include <libdadcam/render/snapshot.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace dadcam::render {

/// Where the pictures or the sound of a content cannot be decoded, as clip times.
struct Damage {
    std::string content;
    library::Damaged damaged;
    std::vector<footage::Lost> lost;
};

/// Whether ffmpeg's words about a segment that it rendered give reason to look for damage: it reported an error that
/// can be of what is shown or heard, or that it passed over some of an MXF.
bool is_damage_likely(std::string_view words);

/// Of a segment that was rendered: what of it stands still or is silent because it cannot be decoded. Decodes it once
/// more. Pictures that are copied are not looked at, and what takes too long to decode is passed over.
/// Error(cancelled).
std::vector<Damage> look_for_damage(const ffmpeg::Film& film, const timeline::Segment& segment,
                                    const ffmpeg::InputName& name_of, const std::string& ffmpeg,
                                    const process::Stop& stop);

/// For a person: what of a film's clips was found to be damaged, with its time in the clip.
std::vector<std::string> damaged_in(library::Library& library, const Snapshot& snapshot, const Plan& plan);

}  // namespace dadcam::render
