#pragma once

#include <libdadcam/footage/clip.hpp>
#include <libdadcam/library/library.hpp>
#include <map>
#include <string>
#include <vector>

namespace dadcam::library {

/// Takes clips, with their tags, out of the library; their files are not touched, and earlier exports keep what they
/// know of them. It is remembered by content, so that an ingest leaves them out.
void remove_clips(Library& library, const std::vector<footage::Clip>& clips);

/// Files of removed clips as they were, by their stored paths: who they are is known without reading them.
std::map<std::string, footage::FileState> removed_files(Library& library);

bool is_removed(Library& library, const std::string& content_id);

/// It may come back.
void forget_removal(Library& library, const std::string& content_id);

}  // namespace dadcam::library
