#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// How ffmpeg and ffprobe are told to open one file, and nothing that this file may name.
namespace dadcam::process {

/// The containers that footage comes in: no playlist and no list of pictures, which could make them open other files.
extern const std::string_view kContainers;
/// Those that music comes in, too.
extern const std::string_view kMusicContainers;

/// The bytes [begin, end) of a file.
struct Part {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    bool operator==(const Part&) const = default;
};

/// What is put before an input's "-i": it may only be of these formats, parted by commas, and in a file or a pipe.
std::vector<std::string> held_to(std::string_view formats);

/// The same for a part of a file.
std::vector<std::string> held_to_part(std::string_view formats);

/// The same for what is read on standard input, and nowhere else.
std::vector<std::string> held_to_pipe(std::string_view formats);

/// How a file is named: no protocol, option or pattern in its name means anything.
std::string as_input(const std::filesystem::path& absolute);

/// How a part is named of what as_input() names.
std::string part_of(const std::string& input, Part part);

/// A file of footage, or a part of one, as it is handed to ffprobe: the words before its name, and the name.
struct Input {
    std::vector<std::string> held;
    std::string name;
};
Input input_of(const std::filesystem::path& absolute);
Input input_of(const std::filesystem::path& absolute, Part part);

}  // namespace dadcam::process
