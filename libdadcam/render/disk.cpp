#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <libdadcam/library/atomic_file.hpp>
#include <libdadcam/library/file_system.hpp>
#include <libdadcam/render/broken_clips.hpp>
#include <libdadcam/render/copied.hpp>
#include <libdadcam/render/disk.hpp>
#include <limits>

namespace dadcam::render {
namespace {

namespace fs = std::filesystem;

/// Bytes a second of a segment's sound: stereo, 16 bits.
constexpr std::int64_t kSoundBytes = kSampleRate * 4;

/// Of sound alone, which goes as soon as it is encoded, about so much is there at a time.
constexpr std::int64_t kMostAhead = std::int64_t{512} << 20;

/// Bytes of picture for each pixel of each frame, as measured on eight cameras' clips: see tests/unit/test_render_disk.
double bytes_per_pixel(const recipe::Preset& preset) {
    return preset.name == "archive" ? 0.45 : 0.018;
}

std::int64_t sound_bytes(Frames frames, Rational rate) {
    return rounded_product(frames.count, kSoundBytes * rate.den, rate.num);
}

std::int64_t guess(const Snapshot& snapshot, Frames frames) {
    const auto& format = snapshot.format;
    if (recipe::copies_pictures(snapshot.preset)) return sound_bytes(frames, format.rate);
    const auto pixels = static_cast<double>(format.size.width) * format.size.height;
    const auto picture = pixels * static_cast<double>(frames.count) * bytes_per_pixel(snapshot.preset);
    return static_cast<std::int64_t>(picture) + sound_bytes(frames, format.rate);
}

/// Of an item's clip, as its pictures are counted.
std::int64_t copied_bytes(const Snapshot& snapshot, const Plan& plan, std::size_t item) {
    const auto& source = plan.items[item].source;
    const auto all = snapshot.pictures.at(timeline::content_of(source, snapshot.inputs)).times.size();
    return rounded_product(snapshot.inputs[source.clip].state.size_bytes,
                           std::ssize(copied_times(snapshot, plan, item)), static_cast<std::int64_t>(all));
}

struct Place {
    fs::path folder;
    std::int64_t needed = 0;
};

std::int64_t free_bytes(const fs::path& folder) {
    std::error_code error;
    const auto space = fs::space(folder, error);
    constexpr auto kUnknown = std::numeric_limits<std::int64_t>::max();
    return error ? kUnknown : static_cast<std::int64_t>(std::min<std::uintmax_t>(space.available, kUnknown));
}

/// Two folders of one file system share what is free.
bool same_disk(const fs::path& one, const fs::path& other) {
    struct stat a {
    }, b{};
    return ::stat(one.c_str(), &a) == 0 && ::stat(other.c_str(), &b) == 0 && a.st_dev == b.st_dev;
}

/// Without a text where a file may be as large as one likes. The forecast may be wrong by a quarter.
Room room_in_a_file(const fs::path& folder, std::int64_t film) {
    Room room;
    const auto most = library::largest_file(folder);
    if (!most || film < *most - *most / 4) return room;
    room.free = *most;
    room.verdict = film > *most + *most / 4 ? Room::Verdict::too_small : Room::Verdict::close;
    room.text =
        fmt::format("It will be about {}, and {} is on a FAT file system, whose files cannot be larger than {}.",
                    file_size(film), folder.string(), file_size(*most));
    return room;
}

}  // namespace

Forecast forecast(const Snapshot& snapshot, const Plan& plan, const std::vector<std::optional<std::int64_t>>& there) {
    Frames known_frames, missing_frames;
    std::int64_t known_bytes = 0;
    for (std::size_t index = 0; index < plan.segments.size(); ++index) {
        (there[index] ? known_frames : missing_frames) += plan.segments[index].frames;
        known_bytes += there[index].value_or(0);
    }
    Forecast result;
    result.segments = known_frames.count > 0 ? rounded_product(missing_frames.count, known_bytes, known_frames.count)
                                             : guess(snapshot, missing_frames);
    result.film = known_bytes + result.segments;
    if (recipe::copies_pictures(snapshot.preset)) {
        if (!recipe::changes_sound(snapshot.recipe.sound)) result.segments = std::min(result.segments, kMostAhead);
        result.film = 0;
        for (std::size_t item = 0; item < plan.items.size(); ++item) {
            const auto bytes = copied_bytes(snapshot, plan, item);
            result.film += bytes;
            if (!plan.copied[item].in_own_file) result.segments += bytes;  // as a file of its own
        }
    }
    return result;
}

Error or_disk_full(const Error& error, const fs::path& folder, std::int64_t no_room) {
    if (!about_a_clip(error) || free_bytes(folder) >= no_room) return error;
    return library::disk_full(fmt::format("{}\n{}\n{}", folder.string(), error.message(), error.detail()));
}

Room room_for(const library::Library& library, const fs::path& film, const Forecast& forecast) {
    std::vector<Place> places{{library.segments_disk(), forecast.segments}};
    const auto folder_of_film = film.parent_path() == library.folder("exports") ? library.folder() : film.parent_path();
    if (same_disk(library.segments_disk(), folder_of_film))
        places.front().needed += forecast.film;
    else
        places.push_back({folder_of_film, forecast.film});
    Room worst = room_in_a_file(folder_of_film, forecast.film);
    for (const auto& [folder, needed] : places) {
        Room room;
        room.free = free_bytes(folder);
        if (room.free < needed / 4)
            room.verdict = Room::Verdict::too_small;
        else if (room.free < needed + needed / 4)
            room.verdict = Room::Verdict::close;
        room.text = fmt::format("About {} will be written to {}, where {} is free.", file_size(needed), folder.string(),
                                file_size(room.free));
        if (worst.text.empty() || room.verdict > worst.verdict) worst = std::move(room);
    }
    return worst;
}

}  // namespace dadcam::render
