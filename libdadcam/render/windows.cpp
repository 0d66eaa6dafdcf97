#include <fmt/format.h>

#include <algorithm>
#include <libdadcam/recipe/window.hpp>
#include <libdadcam/render/windows.hpp>

namespace dadcam::render {
namespace {

/// A window is asked for in whole milliseconds: each stands for what is rounded to it.
constexpr std::int64_t kHalfMillisecond = 500;

std::int64_t us_of(std::int64_t ticks, Rational time_base) {
    return rounded_product(ticks, 1'000'000 * time_base.num, time_base.den);
}

/// Up to the next frame of the film: there the next clip begins.
std::int64_t up_to_frame(std::int64_t ticks, Rational time_base, Rational rate) {
    const auto us = us_of(ticks, time_base);
    auto frames = frames_in(us, rate);
    if (microseconds_at(frames, rate) + us_of(1, time_base) + 1 < us)
        frames += Frames{1};  // steps in whole ticks are not exact
    return microseconds_at(frames, rate);
}

/// What is copied for a window, [from, until) in microseconds from the first picture.
Copied copied_for(std::int64_t from_us, std::int64_t until_us, const measure::Pictures& pictures, Rational time_base) {
    const auto at = [&](const measure::Boundary& boundary) { return us_of(boundary.time, time_base); };
    Copied copied{{0, pictures.end, pictures.first_dts}, pictures.last_dts, {}, {}};
    const auto& [entries, exits] = pictures.boundaries;
    const auto entry = std::partition_point(entries.begin(), entries.end(), [&](const auto& boundary) {
        return at(boundary) <= from_us + kHalfMillisecond;
    });
    if (entry != entries.begin()) {
        copied.part.from = std::prev(entry)->time;
        copied.part.first_dts = std::prev(entry)->dts;
    }
    const auto exit = std::partition_point(exits.begin(), exits.end(), [&](const auto& boundary) {
        return boundary.time <= copied.part.from || at(boundary) < until_us - kHalfMillisecond;
    });
    if (exit != exits.end()) {
        copied.part.until = exit->time;
        copied.last_dts = exit->dts;
    }
    copied.earlier_us = from_us - us_of(copied.part.from, time_base);
    copied.later_us = us_of(copied.part.until, time_base) - until_us;
    return copied;
}

std::string length_text(std::int64_t us) {
    constexpr std::int64_t kMillisecond = 1000;
    return recipe::seconds_text((us + kHalfMillisecond) / kMillisecond);
}

std::string time_text(std::int64_t us) {
    constexpr std::int64_t kMillisecond = 1000;
    if (us < 0) return "-" + time_text(-us);  // an edit list hides what is shown
    return recipe::clock_text((us + kHalfMillisecond) / kMillisecond);
}

std::string moved_sentence(const Moved& moved) {
    std::string by;
    if (moved.earlier_us > kHalfMillisecond)
        by = fmt::format("{} s more at its beginning", length_text(moved.earlier_us));
    if (moved.later_us > kHalfMillisecond)
        by += fmt::format("{}{} s more at its end", by.empty() ? "" : ", ", length_text(moved.later_us));
    return fmt::format("{} is shown from {} to {}: {}.", moved.path, time_text(moved.from_us),
                       time_text(moved.until_us), by);
}

/// The concat demuxer goes by the number of a stream, and takes the ticks of the first file for those of all: the file
/// of a part has its pictures as its first stream, and in whole parts of a second.
bool is_like_a_part(const footage::Facts& facts) {
    return facts.stream == 0 && facts.time_base.num == 1;
}

}  // namespace

std::vector<Copied> move_windows(std::vector<timeline::Source>& sources, const Snapshot& snapshot) {
    std::vector<Copied> all;
    bool is_any_cut = false;
    for (auto& source : sources) {
        const auto& facts = timeline::facts_of(source, snapshot.inputs);
        const auto& pictures = snapshot.pictures.at(timeline::content_of(source, snapshot.inputs));
        const auto until_us = source.from_us + source.length_us;
        const bool to_its_end = until_us >= facts.duration_us;
        const auto hidden_us = us_of(pictures.shown_from, facts.time_base);
        const auto end_us = us_of(pictures.shown_until, facts.time_base);
        auto copied = copied_for(source.from_us + hidden_us, to_its_end ? end_us : until_us + hidden_us, pictures,
                                 facts.time_base);
        source.from_us = us_of(copied.part.from, facts.time_base) - hidden_us;
        source.length_us = up_to_frame(copied.part.until - copied.part.from, facts.time_base, snapshot.format.rate);
        copied.in_own_file = copied.part.from == 0 && copied.part.until == pictures.end && pictures.shown_from == 0 &&
                             pictures.shown_until == pictures.end;
        is_any_cut = is_any_cut || !copied.in_own_file;
        all.push_back(copied);
    }
    for (std::size_t index = 0; index < sources.size(); ++index)
        if (is_any_cut && !is_like_a_part(timeline::facts_of(sources[index], snapshot.inputs)))
            all[index].in_own_file = false;
    return all;
}

std::vector<Moved> moved_windows(const Snapshot& snapshot, const Plan& plan) {
    std::vector<Moved> all;
    for (std::size_t index = 0; index < plan.copied.size(); ++index) {
        const auto& copied = plan.copied[index];
        if (copied.earlier_us <= kHalfMillisecond && copied.later_us <= kHalfMillisecond) continue;
        const auto& source = plan.items[index].source;
        const auto& tick = timeline::facts_of(source, snapshot.inputs).time_base;
        const auto hidden = snapshot.pictures.at(timeline::content_of(source, snapshot.inputs)).shown_from;
        all.push_back({timeline::name_of(source, snapshot.inputs), us_of(copied.part.from - hidden, tick),
                       us_of(copied.part.until - hidden, tick), std::max<std::int64_t>(0, copied.earlier_us),
                       std::max<std::int64_t>(0, copied.later_us)});
    }
    return all;
}

std::vector<std::string> sentences_of(const std::vector<Moved>& moved) {
    constexpr std::size_t kMostTold = 20;
    std::vector<std::string> sentences;
    for (const auto& window : moved) {
        if (sentences.size() == kMostTold) {
            sentences.push_back(fmt::format("So are the windows of {} more clips.", moved.size() - kMostTold));
            break;
        }
        sentences.push_back(moved_sentence(window));
    }
    return sentences;
}

}  // namespace dadcam::render
