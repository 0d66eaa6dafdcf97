#pragma once

#include <filesystem>
#include <libdadcam/render/assembly.hpp>
#include <vector>

namespace dadcam::render {

/// The files whose pictures a film copies, one for each item: its clip; or where only a part of it is shown, a file in
/// `folder` that is made here, and is as large as that part. Error(encoding_error) for a part that ffmpeg does not copy
/// picture by picture; Error of what else fails.
std::vector<ffmpeg::CopiedFile> files_to_copy(const AssemblyJob& job, const ffmpeg::Film& film,
                                              const std::filesystem::path& folder, const AssemblyListener& listener);

}  // namespace dadcam::render
