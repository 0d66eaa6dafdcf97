#pragma once

#include <libdadcam/process/process.hpp>
#include <libdadcam/process/stop.hpp>
#include <optional>
#include <string>
#include <vector>

namespace dadcam::process {

/// Where the programs are that dadcam starts. The caller has looked at the environment; this room does not.
struct ToolPaths {
    std::string ffmpeg = "ffmpeg";  ///< a path, or a bare name to be searched in `search_path`
    std::string ffprobe = "ffprobe";
    std::string search_path;  ///< as in $PATH
};

/// The full path of a program. Throws Error(tool_missing), naming the package to install.
std::string find_tool(const std::string& name_or_path, const std::string& search_path);

/// The same without an error, for programs one can do without.
std::optional<std::string> find_optional_tool(const std::string& name_or_path, const std::string& search_path);

struct Ffmpeg {
    std::string path;
    std::string version;   ///< "5.1.9-0+deb12u1"
    std::string identity;  ///< all that `-version` says: the build and its libraries; part of a segment's key
    std::vector<std::string> launcher{};  ///< words before every command line of it: `srun`, `ssh host`, `nice`
};

/// As a POSIX shell reads it back as one word.
std::string quoted(const std::string& word);

/// The same, for a person to copy: a plain word as it is.
std::string as_word(const std::string& text);

/// What to do when an ffmpeg lacks something.
inline constexpr const char* kUseAnotherFfmpeg =
    "Install Debian's own build with: apt install ffmpeg; or name another with DADCAM_FFMPEG_PATH.";

/// A command line of ffmpeg, behind the launcher. ssh hands its words to a shell: for it they are quoted, and the
/// folder is one of them.
Command command_of(const Ffmpeg& ffmpeg, std::vector<std::string> arguments, const std::string& folder = {});

/// Where ffmpeg is, and the launcher, if there is one. Throws Error(tool_missing).
Ffmpeg locate_ffmpeg(const ToolPaths& paths, std::vector<std::string> launcher);

/// The same, known by what it says of itself. Throws Error(tool_missing) when that is no ffmpeg from 5.1 on, or
/// several.
Ffmpeg identified(Ffmpeg ffmpeg, std::string identity);

/// Both: asks ffmpeg what it is, through the launcher if there is one. Throws Error(tool_missing), also for a
/// launcher that is not there or cannot run ffmpeg, and for an ffmpeg before 5.1.
Ffmpeg find_ffmpeg(const ToolPaths& paths, std::vector<std::string> launcher, const Stop& stop);

struct Ffprobe {
    std::string path;
    std::string version;
};

/// Finds ffprobe and asks what it is. Throws Error(tool_missing).
Ffprobe ask_ffprobe(const ToolPaths& paths, const Stop& stop);
void require_same_version(const Ffprobe& ffprobe, const Ffmpeg& ffmpeg);

/// Both. Throws Error(tool_missing), also when its version is not this ffmpeg's: what one
/// of them says of a clip is what the other one goes by.
std::string find_ffprobe(const ToolPaths& paths, const Ffmpeg& ffmpeg, const Stop& stop);

/// Those of the encoders ("libx264"), or of the filters ("zscale"), that this ffmpeg lacks. Error(tool_missing) when it
/// cannot be asked.
std::vector<std::string> missing_encoders(const Ffmpeg& ffmpeg, const std::vector<std::string>& names,
                                          const Stop& stop);
std::vector<std::string> missing_filters(const Ffmpeg& ffmpeg, const std::vector<std::string>& names, const Stop& stop);

/// Throws Error(tool_missing) when this ffmpeg lacks one of these encoders ("libx264").
void require_encoders(const Ffmpeg& ffmpeg, const std::vector<std::string>& encoders, const Stop& stop);

/// The same for filters ("zscale").
void require_filters(const Ffmpeg& ffmpeg, const std::vector<std::string>& filters, const Stop& stop);

}  // namespace dadcam::process
