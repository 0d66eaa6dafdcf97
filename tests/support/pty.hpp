#pragma once

#include <sys/types.h>

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dadcam::test {

/// A program running in a pseudo-terminal of its own. Failing system calls throw std::system_error.
class Pty {
public:
    /// Starts argv[0], found by PATH, in this process's environment changed by `environment`. So that it does not
    /// matter who runs the tests, TERM is xterm-256color, and NO_COLOR, COLUMNS and LINES are not set, unless
    /// `environment` says.
    Pty(const std::vector<std::string>& argv, int columns, int rows,
        const std::map<std::string, std::string>& environment);
    /// Kills the program if it still runs.
    ~Pty();
    Pty(const Pty&) = delete;
    Pty& operator=(const Pty&) = delete;

    /// As dragging a window's corner does; the program gets SIGWINCH.
    void resize(int columns, int rows = 24);
    /// What a person would type: "\x03" is Ctrl-C.
    void type(std::string_view keys);
    /// Sends a signal to the program alone, not to its children.
    void signal(int number);

    /// What the program wrote since, waiting for it; nothing when it has ended and all was read. Throws
    /// std::runtime_error after 60 seconds of silence.
    std::optional<std::string> read();
    /// The status of waitpid(). Only after read() gave nothing.
    int wait();

private:
    int master_ = -1;
    pid_t pid_ = -1;
};

struct PtyResult {
    std::optional<int> exit_code;  ///< either this …
    std::optional<int> signal;     ///< … or this
    std::string output;            ///< all bytes, as the terminal got them: a line ends in "\r\n"
};

/// Runs a program to its end in a terminal of `columns` by 24. `on_output` is called whenever bytes came, with all that
/// came so far, and may resize, type or send a signal. An unknown program exits with 127.
PtyResult run_in_pty(const std::vector<std::string>& argv, int columns,
                     const std::map<std::string, std::string>& extra_environment = {},
                     const std::function<void(Pty&, std::string_view so_far)>& on_output = {});

/// What a person sees: a small model of a terminal that understands UTF-8 text, `\r`, `\n` (as the kernel sends it: to
/// the first column), `\x1b[K`, `\x1b[J`, `\x1b[…A`, `\x1b[…m` and automatic wrapping as xterm does it. Anything else
/// throws std::runtime_error: what this model does not know is no business of a progress bar.
class Screen {
public:
    Screen(int columns, int rows);

    /// Bytes may be split anywhere, also inside a character or a sequence.
    void feed(std::string_view bytes);
    /// Cuts what no longer fits, as xterm does; does not flow text anew.
    void resize(int columns);

    /// The rows from the top down to the lowest that was used, without trailing blanks.
    std::vector<std::string> lines() const;
    /// How often text went on to the next row by itself.
    int wraps() const { return wraps_; }
    /// 0-based; equal to the number of columns when the last column was written and the next character would wrap.
    int cursor_column() const { return column_; }

private:
    std::size_t take_escape(std::string_view bytes);
    std::size_t take_character(std::string_view bytes);
    void put(std::string_view character, int width);
    void line_feed();

    int columns_;
    std::size_t rows_;
    int column_ = 0;
    int wraps_ = 0;
    std::size_t row_ = 0;                          ///< of the cursor
    std::vector<std::vector<std::string>> cells_;  ///< behind a wide character: ""
    std::string pending_;                          ///< the beginning of something not complete yet
};

}  // namespace dadcam::test
