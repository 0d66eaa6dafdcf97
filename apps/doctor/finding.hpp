#pragma once

#include <libdadcam/error.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace dadcam::app {

/// How much something matters that the doctor has looked at.
enum class State {
    fine,
    note,    ///< merely so, and good to know: read-only, little room, somebody renders
    broken,  ///< films cannot be made before it is mended
};

/// Something that the doctor has looked at, and what to do about it.
struct Finding {
    std::string about;  ///< "ffmpeg", "free space"
    State state = State::fine;
    std::string text;
    std::string advice{};
    Category category = Category::general;  ///< of what is broken
    nlohmann::ordered_json facts = nlohmann::ordered_json::object();
};

using Findings = std::vector<Finding>;

inline Finding broken(std::string about, const Error& error) {
    return {std::move(about), State::broken, error.message(), error.advice(), error.category()};
}

}  // namespace dadcam::app
