#pragma once

#include <libdadcam/footage/clip.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dadcam::recipe {

/// Which part of a recording a file is, where its camera cuts long ones into several.
struct Chapter {
    std::string recording;  ///< the folder, and what the names of its parts share
    int number = 0;         ///< of the part: 1, 2 …
    bool operator==(const Chapter&) const = default;
};

/// By GoPro's names: "GOPR0123", "GP010123", "GP020123"; "GH010456", "GX020456". Nothing for any other.
std::optional<Chapter> chapter_of(std::string_view path);

/// Brings the chapters of each recording behind its first one, in order; `clips` are in the order of their time. Names
/// come again: parts that begin more than a day after one another are of two recordings.
void join_chapters(std::vector<footage::Clip>& clips);

}  // namespace dadcam::recipe
