#pragma once

#include <string>
#include <vector>

namespace dadcam::app {

/// What a shell offers where an argument is to be typed.
enum class Offered {
    words,  ///< those of the offer
    files,
    folders,
    recipes,
    events,
    cameras,
    tags,
    luts,
    runs,
    pending_runs,
    zones,
    setting_value,  ///< of the setting that was typed before it
};

struct Offer {
    Offered kind = Offered::words;
    std::vector<std::string> words{};
};

/// What can stand at the end of a command line.
struct Next {
    Offer offer;
    std::vector<std::string> before;  ///< the command's arguments that stand before it, without its options
};

}  // namespace dadcam::app
