#pragma once

#include <chrono>
#include <libdadcam/process/tools.hpp>
#include <libdadcam/render/font.hpp>
#include <optional>
#include <string>

namespace dadcam::render {

struct RenderTools {
    process::Ffmpeg ffmpeg;
    std::string ffprobe;
    FontChoice font_choice{};
    std::string font{};     ///< a file, for the date overlay; empty: none was looked for
    std::string font_id{};  ///< of its content
};

struct RenderOptions {
    unsigned jobs = 0;  ///< segments rendered at once; 0: as cores and memory allow
    /// 0: a minute, and five where the library lies on a network, which may be gone so long.
    std::chrono::milliseconds stall_timeout{0};
    bool replace = false;  ///< a file that is there already at -o
    /// Leave out clips that cannot be rendered, instead of failing. Nothing: as the run that goes on had it, else
    /// false.
    std::optional<bool> skip_broken{};
    bool use_store = true;  ///< false: render everything anew, and keep none of it
    bool passing = false;   ///< the library goes once the film is made: nothing of it can be resumed
    bool verify = false;    ///< look at the contents of every segment that is taken from the store
};

}  // namespace dadcam::render
