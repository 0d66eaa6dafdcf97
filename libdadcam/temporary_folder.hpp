#pragma once

#include <filesystem>
#include <string>

namespace dadcam {

/// Where the system keeps temporary files: $TMPDIR, else /tmp. Error(output_write_error) when that is no folder.
std::filesystem::path temporary_place();

/// Makes a folder there, for this person alone, whose name begins so. Error(output_write_error), Error(disk_full).
std::filesystem::path make_temporary_folder(const std::string& beginning);

}  // namespace dadcam
