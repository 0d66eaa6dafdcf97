#pragma once

#include <functional>
#include <istream>
#include <libdadcam/process/stop.hpp>
#include <map>
#include <optional>
#include <ostream>
#include <string>

namespace dadcam::app {

/// What a command may touch of the world around it: handed in by `main`, or by a test.
struct Terminal {
    std::istream& in;
    std::ostream& out;  ///< results
    std::ostream& err;  ///< progress, messages; as `out`, it never makes the writer wait for the reader
    bool in_is_terminal = false;
    bool out_is_terminal = false;
    bool err_is_terminal = false;
    /// Columns of the terminal behind `err`, or else `out`, asked anew at every repaint, so that a resize is honoured;
    /// 0: unknown.
    std::function<int()> columns;
    std::map<std::string, std::string> environment;  ///< only what dadcam reads: TERM, NO_COLOR …
    /// Waits for something to read from `in`; false when a stop is requested first. Empty: there always is.
    std::function<bool(const process::Stop&)> await_input{};
    /// True while the reader of `out` or `err` has not read much of what was written to it. Empty: it never has.
    std::function<bool(const std::ostream&)> is_behind{};
    /// Waits until the readers of `out` and `err` have taken what was written; false when a stop is requested and they
    /// do not, a moment later. Empty: they always have.
    std::function<bool(const process::Stop&)> await_readers{};

    std::optional<std::string> variable(const std::string& name) const {
        const auto found = environment.find(name);
        if (found == environment.end() || found->second.empty()) return std::nullopt;
        return found->second;
    }
};

/// The options that every command takes.
struct GlobalOptions {
    std::string library;  ///< --library; empty: not given
    bool json = false;
    bool quiet = false;
    bool verbose = false;
    bool no_color = false;
};

}  // namespace dadcam::app
