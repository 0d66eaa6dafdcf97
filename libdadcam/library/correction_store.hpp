#pragma once

#include <libdadcam/footage/clip.hpp>
#include <libdadcam/library/library.hpp>

namespace dadcam::library {

/// What a person says of when a clip was recorded. It is kept by the clip's content, so it holds wherever the file lies
/// and whatever an ingest finds.
void correct_date(Library& library, const footage::Clip& clip, const footage::RecordedAt& recorded);

/// Then what was found holds again. False when there was no correction.
bool forget_correction(Library& library, const footage::Clip& clip);

}  // namespace dadcam::library
