#pragma once

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <libdadcam/process/process.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace dadcam::test {

using Json = nlohmann::ordered_json;
using Environment = std::map<std::string, std::string>;

/// A call of the real program, as a shell or a script would make it.
struct Call {
    std::vector<std::string> arguments;
    std::filesystem::path folder;  ///< the current one
    Environment environment{};     ///< added to the test's own, which is freed of all that dadcam reads but PATH
    /// Called whenever something came on standard output, with all of it so far and the program's process. It may
    /// send signals, call the program again, open gates. An assertion that throws here ends the program.
    std::function<void(pid_t pid, std::string_view out)> on_output{};
};

/// What came of it.
struct Ran {
    process::Exit exit;
    std::string out;
    std::string err;
    /// "exit code 0", "signal 9"
    std::string ended() const { return process::describe(exit); }
};

/// Runs it to its end; standard output and standard error are kept apart, there is no standard input.
Ran run(const Call& call);

/// The same call as words for run_in_pty().
std::vector<std::string> words(const Call& call);

/// The objects of a rendering command's --json; throws when one line of it is none.
std::vector<Json> json_lines(std::string_view out);

/// Asks again and again until it is so; false when it is not after a minute. For what another process does.
bool eventually(const std::function<bool()>& is_so);

/// Processes that have this text in their command line.
std::vector<pid_t> processes_naming(const std::string& text);

}  // namespace dadcam::test
