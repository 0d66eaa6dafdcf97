#pragma once

#include <libdadcam/ffmpeg/film_text.hpp>
#include <libdadcam/render/snapshot.hpp>

namespace dadcam::render {

/// What a film tells of itself: it follows from the snapshot.
ffmpeg::FilmText film_text_of(const Snapshot& snapshot, const Plan& plan);

}  // namespace dadcam::render
