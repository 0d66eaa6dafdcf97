#pragma once

#include <chrono>
#include <libdadcam/footage/moment.hpp>
#include <libdadcam/zone.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace dadcam::footage {

/// When a clip was recorded, and how that is known.
struct RecordedAt {
    std::string time;    ///< the instant, UTC, ISO 8601 with Z: where only a wall time is known, as the zone has it
    std::string source;  ///< user, quicktime, stream, container, side_file, file_name, folder_name, mtime
    bool estimated = false;
    /// As it is known: "2019-07-14T23:30:12-04:00", or without an offset where only a wall time is. Empty: only the
    /// instant is known.
    std::string local{};
    bool operator==(const RecordedAt&) const = default;
};

/// A moment with what it lacks: the instant by the library's zone. Nothing for an empty one.
std::optional<RecordedAt> recorded(const Moment& moment, const std::string& source, bool estimated, const Zone& zone);

/// What is known of it, without what a zone made of it.
Moment moment_of(const RecordedAt& recorded);

/// The same with the instant of another zone, where it depends on one.
RecordedAt in_zone(RecordedAt recorded, const Zone& zone);

/// What a clock on the wall showed: by its own offset where that is known, else as it is told, else by the zone.
std::chrono::local_seconds wall_of(const RecordedAt& recorded, const Zone& zone);

/// The same as text, with the offset where it is known: "2019-07-14T23:30:12-04:00".
std::string local_text(const RecordedAt& recorded, const Zone& zone);

}  // namespace dadcam::footage
