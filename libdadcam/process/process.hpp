#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <libdadcam/process/feed.hpp>
#include <libdadcam/process/stop.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The only room that starts programs. No shell is ever involved: a program and its arguments, nothing else.
namespace dadcam::process {

/// How long a program's group that was asked to end (SIGTERM) has before it is killed (SIGKILL); no longer than until a
/// stop is requested a second time.
inline constexpr std::chrono::milliseconds kGrace{500};

struct Command {
    std::string program;  ///< a path, as find_tool() gives it
    std::vector<std::string> arguments;
    std::string folder{};  ///< in which it runs; empty: the current one
    std::chrono::milliseconds grace = kGrace;
    Feed* input = nullptr;  ///< its standard input; none: it has an empty one
    int nicer = 0;          ///< by so much than dadcam itself: nice(1)
};

/// How a program ended: by an exit code, or by a signal.
struct Exit {
    std::optional<int> code;
    std::optional<int> signal;
    bool success() const { return code == 0; }
};

/// "exit code 1", "signal 9".
std::string describe(const Exit& exit);

/// Which of the program's streams is read; the other one goes nowhere.
enum class Stream { out, err, both };

enum class Ended { by_itself, stopped, given_up };

struct Finished {
    Ended ended = Ended::by_itself;
    Exit exit;
};

/// What a caller wants to hear while a program runs.
struct Listener {
    /// Each chunk as it is read, at once.
    std::function<void(std::string_view)> on_output;
    /// Asked after each chunk and at least every 100 ms: false gives up on the program and kills it.
    std::function<bool()> keep_going;
};

/// Runs a program in a process group of its own to its end, so that a terminal's Ctrl-C does not reach it by itself.
/// The kernel kills it when the calling thread ends. When `stop` is requested or `keep_going` says no, the whole
/// group is terminated. Throws Error(tool_missing) when the program cannot be started.
Finished run(const Command& command, Stream stream, const Listener& listener, const Stop& stop);

struct Captured {
    Finished finished;
    std::string output;  ///< at most `max_bytes`, the rest is thrown away
};

/// Runs a program and keeps what it writes. Gives up on it (Ended::given_up) after `patience`.
Captured capture(const Command& command, Stream stream, std::size_t max_bytes, std::chrono::milliseconds patience,
                 const Stop& stop);

/// Starts a program and does not wait for it: a film player outlives dadcam. False when it cannot be started.
bool launch(const Command& command);

}  // namespace dadcam::process
