#pragma once

#include <filesystem>
#include <libdadcam/error.hpp>
#include <libdadcam/library/library.hpp>
#include <libdadcam/library/run_store.hpp>
#include <libdadcam/render/snapshot.hpp>
#include <optional>
#include <string>
#include <vector>

namespace dadcam::render {

/// What a run will write, in bytes. Segments are kept for the next time, so they and the film are there together; the
/// temporary files are these same bytes before their rename.
struct Forecast {
    std::int64_t segments = 0;  ///< those that are missing
    std::int64_t film = 0;
    std::int64_t total() const { return segments + film; }
};

/// `there[i]`: the size of segment i, where the store has it. What is missing is guessed by those that are there, else
/// by what such pictures come to, as measured on footage. Pure.
Forecast forecast(const Snapshot& snapshot, const Plan& plan, const std::vector<std::optional<std::int64_t>>& there);

/// What the forecast comes to where the segments and the film will lie.
struct Room {
    enum class Verdict { enough, close, too_small };  ///< too small: not even a quarter of the forecast is free
    Verdict verdict = Verdict::enough;
    std::int64_t free = 0;  ///< bytes, where it is the closest
    std::string text;       ///< the figures, in words
};

/// Less than this, in bytes, is no room: what could not be written has filled the disk to its end.
inline constexpr std::int64_t kNoRoom = 1 << 20;

/// Why a file in this folder could not be made: what `error` says; but a full disk, in place of a fault of the clip,
/// the launcher or ffmpeg, where there is no room left. ffmpeg does not always say so, and a file that was cut off by
/// it looks like one of a broken clip. To be asked before what was written is removed.
Error or_disk_full(const Error& error, const std::filesystem::path& folder, std::int64_t no_room = kNoRoom);

Room room_for(const library::Library& library, const std::filesystem::path& film, const Forecast& forecast);

}  // namespace dadcam::render
