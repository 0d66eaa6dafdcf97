#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// How ffmpeg and ffprobe are told to open one file, and nothing that this file may name.
namespace dadcam::process {

/// The containers that footage comes in: no playlist and no list of pictures, which could make them open other files.
extern const std::string_view kContainers;

/// What is put before an input's "-i": it may only be of these formats, parted by commas, and in a file or a pipe.
std::vector<std::string> held_to(std::string_view formats);

/// The same for what is read on standard input, and nowhere else.
std::vector<std::string> held_to_pipe(std::string_view formats);

/// How a file is named: no protocol, option or pattern in its name means anything.
std::string as_input(const std::filesystem::path& absolute);

}  // namespace dadcam::process
