#include <fcntl.h>
#include <malloc.h>

#include <apps/cli.hpp>
#include <apps/signals.hpp>
#include <apps/world.hpp>
#include <string>
#include <vector>

namespace {

/// Where a parent has closed one of the three, what is opened next would be taken for it, and written into. In its
/// place comes what fails as a closed one does.
bool open_standard_streams() {
    for (const int descriptor : {0, 1, 2}) {
        const int mode = descriptor == 0 ? O_WRONLY : O_RDONLY;
        if (::fcntl(descriptor, F_GETFD) < 0 && ::open("/dev/null", mode) != descriptor) return false;
    }
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    if (!open_standard_streams()) return 1;
    // What thousands of clips took for a moment goes back to the machine: the encoders need it.
    constexpr int kLargeBlock = 64 * 1024;
    mallopt(M_MMAP_THRESHOLD, kLargeBlock);
    dadcam::process::Stop stop;
    dadcam::app::catch_signals(stop);
    auto terminal = dadcam::app::real_terminal();
    dadcam::app::GlobalOptions options;
    dadcam::app::Context context{terminal, options, dadcam::app::current_folder(), stop,
                                 std::chrono::system_clock::now()};
    const int code = dadcam::app::run(std::vector<std::string>(argv + 1, argv + argc), context);
    // 130 and 143: what a shell expects of a program that a signal ended.
    return code != 0 && dadcam::app::caught_signal() != 0 ? 128 + dadcam::app::caught_signal() : code;
}
