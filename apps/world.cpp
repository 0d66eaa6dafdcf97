#include <sys/ioctl.h>
#include <unistd.h>

#include <apps/world.hpp>
#include <cstdlib>
#include <iostream>

namespace dadcam::app {
namespace {

int columns_of_stderr() {
    winsize size{};
    return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

}  // namespace

Terminal real_terminal() {
    Terminal terminal{std::cin,
                      std::cout,
                      std::cerr,
                      ::isatty(STDIN_FILENO) == 1,
                      ::isatty(STDOUT_FILENO) == 1,
                      ::isatty(STDERR_FILENO) == 1,
                      columns_of_stderr,
                      {}};
    for (const char* name : {"DADCAM_LIBRARY", "DADCAM_FFMPEG_PATH", "DADCAM_FFPROBE_PATH", "PATH", "TERM", "NO_COLOR",
                             "DISPLAY", "WAYLAND_DISPLAY"}) {
        if (const char* value = std::getenv(name)) terminal.environment[name] = value;
    }
    return terminal;
}

std::filesystem::path current_folder() {
    std::error_code error;
    return std::filesystem::current_path(error);
}

}  // namespace dadcam::app
