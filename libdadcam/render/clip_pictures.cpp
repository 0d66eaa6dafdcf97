#include <fmt/format.h>

#include <algorithm>
#include <libdadcam/ffmpeg/contact_sheet.hpp>
#include <libdadcam/ffmpeg/framing.hpp>
#include <libdadcam/hash.hpp>
#include <libdadcam/library/atomic_file.hpp>
#include <libdadcam/library/measurement_store.hpp>
#include <libdadcam/measure/measure.hpp>
#include <libdadcam/process/in_order.hpp>
#include <libdadcam/process/input.hpp>
#include <libdadcam/render/clip_pictures.hpp>
#include <libdadcam/render/encoder.hpp>
#include <libdadcam/render/measured.hpp>
#include <optional>
#include <set>

namespace dadcam::render {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kPictures = 4;
constexpr footage::Size kBox{256, 144};

fs::path folder_of(const library::Library& library) {
    return library.folder("pictures");
}

/// The shape that a file beside the clip tells is not in its content.
std::string name_of(const footage::Clip& clip) {
    const char* shape = !clip.facts.wide ? "" : *clip.facts.wide ? "-16x9" : "-4x3";
    return hash_digits(footage::rendering_id(clip)) + shape + ".jpg";
}

std::set<std::string> names_in(const fs::path& folder) {
    std::set<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) names.insert(entry.path().filename().string());
    return names;
}

/// A film of `count` frames of the clip, from places that part it evenly.
std::vector<timeline::Item> frames_of(const std::vector<footage::Clip>& clips, std::int64_t count) {
    const auto length_ms = clips.front().facts.duration_us / 1000;
    recipe::Sequence sequence;
    for (std::int64_t at = 0; at < count; ++at) {
        const auto from = count == 1 ? 0 : length_ms * (2 * at + 1) / (2 * count);
        sequence.emplace_back(recipe::Shown{0, from, from + 1});
    }
    std::vector<timeline::Item> items;
    for (auto& source : timeline::sources_of(clips, {}, sequence)) {
        if (!items.empty() && items.back().source.entry == source.entry) continue;
        items.push_back({std::move(source), {static_cast<std::int64_t>(items.size())}, {1}});
    }
    return items;
}

/// What is known of where its recordings begin.
void take_known_spans(library::Library& library, footage::Clip& clip) {
    if (!clip.spans.empty() || !measure::is_to_be_measured(clip.facts)) return;
    if (auto found = library::find_measurement(library, footage::rendering_id(clip), measure::kVersion))
        take_spans(clip, std::move(*found));
}

/// An ffmpeg that makes the film's frames into one file.
std::optional<Error> make(const library::Library& library, const RenderTools& tools, const ffmpeg::Film& film,
                          const process::Stop& stop) {
    constexpr std::chrono::seconds kStall{60};
    const auto place = pictures_place(library, film.clips.front());
    library::AtomicFile file(place, place.parent_path() / ('.' + name_of(film.clips.front()) + ".tmp"));
    const auto output = process::as_input(file.temporary());
    auto encoding = encoding_of(tools, {}, ffmpeg::strip_arguments(film, input_names(library), output), output);
    encoding.stall_timeout = kStall;
    if (const auto encoded = encode(encoding, {}, stop); encoded.error) return encoded.error;
    std::error_code error;
    if (fs::file_size(file.temporary(), error) == 0 || error)
        return Error(Category::input_not_found, "none of its pictures can be decoded");
    file.commit();
    return std::nullopt;
}

ffmpeg::Film film_of(const std::vector<footage::Clip>& clip, const std::vector<timeline::Item>& items) {
    auto format = timeline::choose_format({}, clip);
    // Of the clip's own shape, so that nothing has to be put beside it.
    format.size = ffmpeg::inside(footage::display_size(clip.front().facts), kBox);
    return {clip, items, format, recipe::find_preset("share")};
}

/// All of a clip's pictures; of one that is shorter than it says, its first.
std::optional<Error> make_one(const library::Library& library, const RenderTools& tools,
                              const std::vector<footage::Clip>& clip, const process::Stop& stop) {
    try {
        std::optional<Error> failure;
        for (const auto count : {kPictures, std::int64_t{1}}) {
            const auto items = frames_of(clip, count);
            if (items.empty()) continue;
            failure = make(library, tools, film_of(clip, items), stop);
            if (!failure || stop.requested()) return failure;
        }
        return failure ? failure : Error(Category::input_not_found, "it has no pictures");
    } catch (const Error& error) {
        return error;
    }
}

/// Before anything is made.
void require_filters(const std::vector<std::vector<footage::Clip>>& clips, const RenderTools& tools,
                     const process::Stop& stop) {
    std::set<std::string> filters;
    for (const auto& clip : clips) filters.merge(ffmpeg::filters_of_strip(film_of(clip, frames_of(clip, kPictures))));
    process::require_filters(tools.ffmpeg, {filters.begin(), filters.end()}, stop);
}

/// What would go wrong with the next clip, too.
bool is_of_all(Category category) {
    return category == Category::cancelled || category == Category::disk_full ||
           category == Category::output_write_error || category == Category::tool_missing;
}

}  // namespace

fs::path pictures_place(const library::Library& library, const footage::Clip& clip) {
    return folder_of(library) / name_of(clip);
}

fs::path pictures_of(const library::Library& library, const footage::Clip& clip) {
    auto place = pictures_place(library, clip);
    std::error_code error;
    return fs::is_regular_file(fs::symlink_status(place, error)) ? place : fs::path();
}

std::vector<std::size_t> without_pictures(const library::Library& library, std::span<const footage::Clip> clips) {
    auto there = names_in(folder_of(library));
    std::vector<std::size_t> without;
    for (std::size_t at = 0; at < clips.size(); ++at)
        if (there.insert(name_of(clips[at])).second) without.push_back(at);
    return without;
}

PicturesMade make_pictures(library::Library& library, const library::WorkLock& /*lock*/,
                           std::span<const footage::Clip> clips, const RenderTools& tools,
                           const std::function<void(std::size_t, std::size_t)>& on_progress,
                           const process::Stop& stop) {
    PicturesMade result;
    std::vector<std::vector<footage::Clip>> missing;
    for (const auto at : without_pictures(library, clips)) {
        missing.push_back({clips[at]});
        take_known_spans(library, missing.back().front());
    }
    if (missing.empty()) return result;
    require_filters(missing, tools, stop);
    library.make_own_folder(folder_of(library));
    process::InOrder<std::optional<Error>> making(
        missing.size(), process::usual_threads(),
        [&](std::size_t at, const process::Stop& own_stop) { return make_one(library, tools, missing[at], own_stop); },
        stop);
    for (std::size_t done = 0; done < missing.size(); ++done) {
        on_progress(done, missing.size());
        const auto failure = making.next([&] { on_progress(done, missing.size()); });
        if (!failure) throw cancelled();
        if (!*failure)
            ++result.made;
        else if (is_of_all((*failure)->category()))
            throw Error(**failure);
        else
            result.failed.emplace_back(missing[done].front().path, **failure);
    }
    return result;
}

void sweep_pictures(const library::Library& library, const library::WorkLock& /*lock*/,
                    std::span<const footage::Clip> clips) {
    auto names = names_in(folder_of(library));
    for (const auto& clip : clips) names.erase(name_of(clip));
    for (const auto& name : names)
        if (name.ends_with(".jpg") || name.ends_with(".jpg.tmp")) library::remove_quietly(folder_of(library) / name);
}

}  // namespace dadcam::render
