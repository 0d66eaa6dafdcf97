#pragma once

#include <filesystem>
#include <libdadcam/footage/span.hpp>
#include <libdadcam/measure/changes.hpp>
#include <libdadcam/process/stop.hpp>
#include <optional>
#include <string>
#include <vector>

namespace dadcam::measure {

/// A file that is measured, and who is asked about it.
struct Asked {
    const std::string& ffprobe;
    const std::string& ffmpeg;
    const std::filesystem::path& file;
    const process::Stop& stop;

    /// Nothing for a part that is no footage. Its field order is found out where it is not known.
    std::optional<footage::Facts> facts_of(process::Part part,
                                           const std::optional<std::string>& field_order = std::nullopt) const;
    /// Nothing for a part without sound.
    std::optional<footage::Sound> sound_of(process::Part part) const;
};

/// Sets where a span begins and how long it is; in ticks of its time base.
void set_times(footage::Span& span, std::int64_t begin, std::int64_t end);

/// Where only the pictures are coded otherwise between two spans, the sound goes on, and what is heard with the first
/// one's last pictures may lie behind the place where the second one begins.
void let_sound_go_on(footage::Span& span, const footage::Span& next);

/// A stretch of one clock, cut where its pictures or its sound change. `changes` may name places where nothing does:
/// ffprobe is asked on both sides of each.
std::vector<footage::Span> cut_at_changes(const Asked& asked, footage::Span span, const std::vector<Change>& changes);

}  // namespace dadcam::measure
