#pragma once

#include <libdadcam/ffmpeg/film_sound.hpp>
#include <libdadcam/render/snapshot.hpp>
#include <string>
#include <vector>

namespace dadcam::render {

/// Over all that the film's bytes follow from. `parts`: those in which its sound is encoded.
std::string film_key(const std::string& ffmpeg_identity, const ffmpeg::Film& film,
                     const std::vector<ffmpeg::SoundPart>& parts, const Snapshot& snapshot, const Plan& plan);

}  // namespace dadcam::render
