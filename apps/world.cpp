#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <apps/background_output.hpp>
#include <apps/world.hpp>
#include <array>
#include <cstdlib>
#include <iostream>

namespace dadcam::app {
namespace {

int columns_of_terminal() {
    winsize size{};
    for (const int descriptor : {STDERR_FILENO, STDOUT_FILENO})
        if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0) return size.ws_col;
    return 0;
}

/// As with a shell's 2>&1, or when both are one terminal.
bool are_one_file(int descriptor, int other) {
    struct stat facts {
    }, others{};
    return ::fstat(descriptor, &facts) == 0 && ::fstat(other, &others) == 0 && facts.st_dev == others.st_dev &&
           facts.st_ino == others.st_ino;
}

/// Standard output and standard error, which wait for no reader. In one file they keep their order; in two, one does
/// not wait for the other.
class StandardOutputs {
public:
    std::ostream& out() { return out_; }
    std::ostream& err() { return err_; }
    bool is_behind(const std::ostream& stream) const {
        return (&stream == &out_ ? out_buffer_ : err_buffer_).is_behind();
    }
    bool drain(const process::Stop& stop) const {
        const bool err_is_drained = err_writer_->drain(stop);
        return out_writer_->drain(stop) && err_is_drained;
    }

private:
    using Flushed = OutputBuffer::Flushed;
    std::shared_ptr<BackgroundWriter> out_writer_ = std::make_shared<BackgroundWriter>();
    std::shared_ptr<BackgroundWriter> err_writer_ =
        are_one_file(STDOUT_FILENO, STDERR_FILENO) ? out_writer_ : std::make_shared<BackgroundWriter>();
    OutputBuffer out_buffer_{out_writer_, STDOUT_FILENO,
                             ::isatty(STDOUT_FILENO) == 1 ? Flushed::by_line : Flushed::when_full};
    OutputBuffer err_buffer_{err_writer_, STDERR_FILENO, Flushed::by_line};
    std::ostream out_{&out_buffer_};
    std::ostream err_{&err_buffer_};
};

bool await_stdin(const process::Stop& stop) {
    while (!stop.requested()) {  // a signal interrupts poll(), but not the read that would follow
        std::array<pollfd, 2> entries{pollfd{STDIN_FILENO, POLLIN, 0}, pollfd{stop.descriptor(), POLLIN, 0}};
        if (::poll(entries.data(), entries.size(), -1) > 0 && entries[0].revents != 0) return !stop.requested();
    }
    return false;
}

}  // namespace

Terminal real_terminal() {
    static StandardOutputs outputs;
    Terminal terminal{std::cin,
                      outputs.out(),
                      outputs.err(),
                      ::isatty(STDIN_FILENO) == 1,
                      ::isatty(STDOUT_FILENO) == 1,
                      ::isatty(STDERR_FILENO) == 1,
                      columns_of_terminal,
                      {},
                      await_stdin,
                      [](const std::ostream& stream) { return outputs.is_behind(stream); },
                      [](const process::Stop& stop) { return outputs.drain(stop); }};
    for (const char* name : {"DADCAM_LIBRARY", "DADCAM_FFMPEG_PATH", "DADCAM_FFPROBE_PATH", "PATH", "TERM", "NO_COLOR",
                             "DISPLAY", "WAYLAND_DISPLAY", "HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME",
                             "DADCAM_LAUNCHER", "DADCAM_FONT", "TZ", "VISUAL", "EDITOR", "LC_ALL", "LC_TIME", "LANG"}) {
        if (const char* value = std::getenv(name)) terminal.environment[name] = value;
    }
    return terminal;
}

std::filesystem::path current_folder() {
    std::error_code error;
    return std::filesystem::current_path(error);
}

}  // namespace dadcam::app
