#include <fmt/format.h>

#include <libdadcam/error.hpp>
#include <libdadcam/ffmpeg/reading.hpp>
#include <libdadcam/library/measurement_store.hpp>
#include <libdadcam/measure/entry.hpp>
#include <libdadcam/process/in_order.hpp>
#include <libdadcam/render/entered.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace dadcam::render {
namespace {

/// An InOrder's job does not throw.
struct Tried {
    std::int64_t recovery_us = 0;
    std::optional<Error> failure;
};

/// A file of each content that was not tried yet and is entered.
std::vector<const footage::Clip*> entered_in(const ffmpeg::Film& film, const Plan& plan) {
    std::map<std::string, const footage::Clip*> by_content;
    const auto look = [&](const ffmpeg::Reading& reading) {
        if (reading.clip == nullptr || reading.span != nullptr || reading.facts->recovery_us) return;
        if (ffmpeg::seek_for(*reading.facts, reading.window, film.format.rate).input_us)
            by_content.emplace(footage::rendering_id(*reading.clip), reading.clip);
    };
    for (const auto& segment : plan.segments) {
        for (const auto& piece : segment.pieces)
            for (const auto& reading : ffmpeg::readings_of(film, piece)) look(reading);
    }
    std::vector<const footage::Clip*> clips;
    for (const auto& [content, clip] : by_content) clips.push_back(clip);
    return clips;
}

}  // namespace

bool try_entries(library::Library& library, Snapshot& snapshot, const Plan& plan, const RenderTools& tools,
                 const std::function<void(double)>& on_progress, const process::Stop& stop) {
    const auto clips = entered_in(film_of(library, snapshot, plan, tools), plan);
    process::InOrder<Tried> trying(
        clips.size(), process::usual_threads(),
        [&](std::size_t at, const process::Stop& own_stop) -> Tried {
            try {
                const auto place = library.located(clips[at]->path);
                const measure::Readers readers{tools.ffprobe, tools.ffmpeg.path};
                const auto found = measure::recovery_us(readers, place, clips[at]->facts, own_stop);
                footage::file_state(place);  // of a file that went away nothing was found
                return {found, {}};
            } catch (const Error& error) {
                return {0, error};
            }
        },
        stop);
    std::map<std::string, std::int64_t> found;
    bool is_any_later = false;
    for (std::size_t at = 0; at < clips.size(); ++at) {
        const auto share = static_cast<double>(at) / static_cast<double>(clips.size());
        const auto tried = trying.next([&] { on_progress(share); });
        if (!tried || (tried->failure && tried->failure->category() == Category::cancelled)) throw cancelled();
        if (tried->failure && tried->failure->category() == Category::input_not_found) continue;
        if (tried->failure) {
            throw Error(tried->failure->category(), fmt::format("{}: {}.", clips[at]->path, tried->failure->message()),
                        "Tag the clip `bad` and export again.", tried->failure->detail());
        }
        const auto& content = footage::rendering_id(*clips[at]);
        library::keep_recovery(library, content, tried->recovery_us);
        found[content] = tried->recovery_us;
        is_any_later = is_any_later || tried->recovery_us > 0;
    }
    for (auto& clip : snapshot.inputs)
        if (const auto one = found.find(footage::rendering_id(clip)); one != found.end())
            clip.facts.recovery_us = one->second;
    return is_any_later;
}

}  // namespace dadcam::render
