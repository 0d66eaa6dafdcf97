#pragma once

#include <apps/terminal.hpp>
#include <chrono>
#include <filesystem>
#include <libdadcam/error.hpp>
#include <libdadcam/library/library.hpp>
#include <libdadcam/library/work_lock.hpp>
#include <libdadcam/process/stop.hpp>
#include <libdadcam/render/options.hpp>
#include <libdadcam/zone.hpp>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

namespace dadcam::app {

/// All that a command works with.
struct Context {
    Terminal& terminal;
    GlobalOptions& options;
    std::filesystem::path folder;  ///< the current one
    const process::Stop& stop;
    std::chrono::system_clock::time_point now;
};

/// Where the library is: --library, else $DADCAM_LIBRARY, else the nearest folder upwards that is one. Nothing when
/// none is named and there is none.
std::optional<std::filesystem::path> find_library(const Context& context);

/// The owner of the library at `root`, when it is somebody else's and this person has not trusted it.
std::optional<std::string> stranger(const Context& context, const std::filesystem::path& root);

/// Opens find_library(). Error(general) when there is none, and
/// for Access::write when it is somebody else's and not trusted: then it is only read, and that is said. It is only
/// read, too, where it cannot be written, and while another machine has it; for Access::write,
/// Error(output_write_error) and Error(busy), unless that is to be waited for. Sweeps up and says so when a crash left
/// an export behind. A library that is to be written and has no zone gets this machine's, which is said.
library::Library open_library(const Context& context, library::Access access, bool wait = false);

/// The same, whatever its zone.
library::Library open_library_in_no_zone(const Context& context, library::Access access, bool wait = false);

/// The zone that this machine, or the person at it, is set to.
Zone machine_zone(const Context& context);

/// Sweeps up after a crash, and offers to go on.
void sweep(const Context& context, library::Library& library, const library::WorkLock& lock);

/// $DADCAM_FFMPEG_PATH and $DADCAM_FFPROBE_PATH, else $PATH.
process::ToolPaths tool_paths(const Context& context);

/// One document on `out`.
void print_json(const Context& context, const nlohmann::ordered_json& document);
/// A line of a result on `out`. Made printable.
void say(const Context& context, const std::string& text);
/// A path as a line on `out`: as it is for a program that reads it, made printable for a person.
void say_path(const Context& context, const std::string& path);
/// A line on `err`, unless --quiet. Made printable.
void remark(const Context& context, const std::string& text);

/// An error on `err`: what happened, and what to do. With --json also as an object on `out`.
void report(const Context& context, const Error& error);

}  // namespace dadcam::app
