// Stands in for ffmpeg and tells when it spoke. Rendering a segment, it first writes progress blocks as ffmpeg does,
// and notes each block's time in the file $DADCAM_TEST_STAMPS: "FRAME MICROSECONDS" on the steady clock, which all
// processes share. Then, as for everything else, it becomes the real one, $DADCAM_TEST_REAL_FFMPEG.
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <thread>

namespace {

constexpr int kBlocks = 60;
constexpr std::chrono::milliseconds kBetween{97};  // near ffmpeg's 100, so that all phases of dadcam's beat come up

void write_blocks(std::ofstream& stamps) {
    for (int frame = 1; frame <= kBlocks; ++frame) {
        std::this_thread::sleep_for(kBetween);  // the pace of a program at work
        const std::string block = "frame=" + std::to_string(frame) + "\nout_time_us=" + std::to_string(frame * 40000) +
                                  "\nspeed=1x\nprogress=continue\n";
        const auto now = std::chrono::steady_clock::now().time_since_epoch();
        if (::write(STDERR_FILENO, block.data(), block.size()) < 0) return;
        stamps << frame << ' ' << std::chrono::duration_cast<std::chrono::microseconds>(now).count() << std::endl;
    }
}

}  // namespace

int main(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        if (std::string_view(argv[i]) != "-filter_complex") continue;
        std::ofstream stamps(std::getenv("DADCAM_TEST_STAMPS"), std::ios::app);
        write_blocks(stamps);
    }
    const char* real = std::getenv("DADCAM_TEST_REAL_FFMPEG");
    ::execv(real, argv);
    std::perror(real);
    return 127;
}
