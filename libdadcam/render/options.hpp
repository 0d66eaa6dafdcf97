#pragma once

#include <chrono>
#include <libdadcam/process/tools.hpp>
#include <string>

namespace dadcam::render {

struct RenderTools {
    process::Ffmpeg ffmpeg;
    std::string ffprobe;
};

struct RenderOptions {
    unsigned jobs = 1;  ///< segments rendered at once; nothing in the film depends on it
    std::chrono::milliseconds stall_timeout{60'000};
};

}  // namespace dadcam::render
