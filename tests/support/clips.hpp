#pragma once

#include <cmath>
#include <libdadcam/footage/clip.hpp>
#include <string>

namespace dadcam::test {

/// What ffprobe says of an ordinary clip: 1920x1080, 25 pictures a second, BT.709, stereo. A test changes what it is
/// about.
inline footage::Facts facts_of(double seconds = 10) {
    footage::Facts facts;
    facts.container = "mov,mp4,m4a,3gp,3g2,mj2";
    facts.codec = "h264";
    facts.width = 1920;
    facts.height = 1080;
    facts.pixel_format = "yuv420p";
    facts.field_order = "progressive";
    facts.color_range = "tv";
    facts.color_space = "bt709";
    facts.color_primaries = "bt709";
    facts.color_transfer = "bt709";
    facts.rate = {25, 1};
    facts.time_base = {1, 12800};
    facts.duration_us = std::llround(seconds * 1e6);
    facts.sound = footage::Sound{1, "aac", 48000, 2, 0};
    return facts;
}

inline footage::Clip clip_of(const std::string& path, double seconds = 10) {
    footage::Clip clip;
    clip.path = path;
    clip.content_id = "blake2b:" + path;
    clip.state = {1000, 1'563'129'012'000'000'000};
    clip.facts = facts_of(seconds);
    clip.recorded = {"2019-07-14T18:30:12Z", "container", false};
    clip.event = "Italy";
    return clip;
}

}  // namespace dadcam::test
