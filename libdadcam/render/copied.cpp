#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <libdadcam/error.hpp>
#include <libdadcam/ffmpeg/picture.hpp>
#include <libdadcam/render/copied.hpp>
#include <optional>

namespace dadcam::render {
namespace {

const measure::Pictures& pictures_at(const Snapshot& snapshot, const timeline::Item& item) {
    return snapshot.pictures.at(timeline::content_of(item.source, snapshot.inputs));
}

}  // namespace

std::span<const std::int64_t> copied_times(const Snapshot& snapshot, const Plan& plan, std::size_t item) {
    const auto& times = pictures_at(snapshot, plan.items[item]).times;
    const auto& part = plan.copied[item].part;
    return {std::lower_bound(times.begin(), times.end(), part.from),
            std::lower_bound(times.begin(), times.end(), part.until)};
}

ffmpeg::Copying copying_of(const Snapshot& snapshot, const Plan& plan) {
    ffmpeg::Copying copying;
    if (!plan.copied.empty() && plan.copied.front().in_own_file)
        copying.lead_in_us = ffmpeg::lead_in_us(timeline::facts_of(plan.items.front().source, snapshot.inputs));
    for (std::size_t item = 0; item < plan.copied.size(); ++item)
        copying.pictures += std::ssize(copied_times(snapshot, plan, item));
    return copying;
}

std::string difference(const PictureTimes& found, std::size_t at, const Snapshot& snapshot, const Plan& plan,
                       std::size_t item) {
    const auto own = copied_times(snapshot, plan, item);
    const auto& path = timeline::name_of(plan.items[item].source, snapshot.inputs);
    const auto& tick = timeline::facts_of(plan.items[item].source, snapshot.inputs).time_base;
    const auto in_ticks = [&](std::int64_t time) {
        return rounded_product(time - own.front(), tick.num * found.ticks_a_second, tick.den);
    };
    const auto there = std::span(found.times).subspan(at);
    if (own.size() > there.size()) return fmt::format("It ends within {}.", path);
    for (std::size_t picture = 0; picture < own.size(); ++picture) {
        if (there[picture] - there.front() == in_ticks(own[picture])) continue;
        return fmt::format("Picture {} of {} is at {}, not {}.", picture, path, there[picture] - there.front(),
                           in_ticks(own[picture]));
    }
    return {};
}

void check_copied(const std::filesystem::path& film, const Snapshot& snapshot, const Plan& plan) {
    const auto refuse_film = [](const std::string& of_which, const std::string& detail) {
        throw Error(Category::encoding_error,
                    fmt::format("ffmpeg did not copy the pictures of {} as they are.", of_which),
                    "Tag it `bad`, or use the preset share or archive.", detail);
    };
    const auto found = picture_times(film);
    const auto ticks_a_second = found.ticks_a_second;
    std::size_t at = 0;
    for (std::size_t index = 0; index < plan.items.size(); ++index) {
        const auto& source = plan.items[index].source;
        const auto& name = timeline::name_of(source, snapshot.inputs);
        if (const auto why = difference(found, at, snapshot, plan, index); !why.empty()) refuse_film(name, why);
        const auto start =
            rounded_product(microseconds_at(plan.items[index].start, snapshot.format.rate), ticks_a_second, 1'000'000);
        const auto& tick = timeline::facts_of(source, snapshot.inputs).time_base;
        if (std::abs(found.times[at] - start) > rounded_product(tick.num, ticks_a_second, tick.den) / 2 + 1)
            refuse_film(name, fmt::format("It begins at {}, not {}.", found.times[at], start));
        at += copied_times(snapshot, plan, index).size();
    }
    if (at != found.times.size()) refuse_film("its clips", "The film has too many pictures.");
}

void require_unchanged(const library::Library& library, const Snapshot& snapshot) {
    for (const auto& clip : snapshot.inputs) {
        std::optional<footage::FileState> state;
        try {
            state = footage::file_state(library.located(clip.path));
        } catch (const Error&) {  // it is gone
        }
        if (state == clip.state) continue;
        throw Error(Category::input_not_found,
                    fmt::format("{} {} while its pictures were copied.", clip.path, state ? "changed" : "went away"),
                    "Bring it back, and let nothing write into it.");
    }
}

}  // namespace dadcam::render
