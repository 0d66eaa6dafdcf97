#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/kind.hpp>
#include <libdadcam/process/in_order.hpp>
#include <libdadcam/render/copying.hpp>
#include <libdadcam/render/index.hpp>
#include <libdadcam/render/output.hpp>
#include <optional>
#include <span>

namespace dadcam::render {
namespace {

using Reasons = std::vector<std::pair<std::string, std::string>>;

/// H.264 and HEVC go where every player looks for them; what cameras and tapes have beside them, into QuickTime.
constexpr std::array<std::string_view, 6> kInQuickTime{"mpeg2video", "dvvideo", "mjpeg", "prores", "mpeg4", "dnxhd"};

bool is_in_mp4(const std::string& codec) {
    return codec == "h264" || codec == "hevc";
}

/// Why a clip's pictures can be copied into no film; empty when they can.
std::string flaw_of(const footage::Clip& clip, const measure::Pictures& pictures) {
    const auto& codec = clip.facts.codec;
    if (!is_in_mp4(codec) && std::find(kInQuickTime.begin(), kInQuickTime.end(), codec) == kInQuickTime.end())
        return fmt::format("dadcam does not copy {}", codec);
    if (clip.spans.size() > 1) return "its recordings change within it";
    return pictures.flaw;
}

/// The clip whose kind is that of most of the footage.
template <typename IsOther>
std::size_t of_most(const std::vector<footage::Clip>& clips, IsOther is_other) {
    std::vector<std::pair<std::size_t, std::int64_t>> kinds;  // one of it, how much there is
    for (std::size_t index = 0; index < clips.size(); ++index) {
        const auto same = std::find_if(kinds.begin(), kinds.end(),
                                       [&](const auto& kind) { return is_other(index, kind.first).empty(); });
        if (same == kinds.end())
            kinds.emplace_back(index, clips[index].facts.duration_us);
        else
            same->second += clips[index].facts.duration_us;
    }
    return std::max_element(kinds.begin(), kinds.end(),
                            [](const auto& a, const auto& b) { return a.second < b.second; })
        ->first;
}

/// Of each clip, why it is of another kind than most of the footage; empty where it is not.
template <typename IsOther>
std::vector<std::string> differences(const std::vector<footage::Clip>& clips, IsOther is_other) {
    const auto reference = of_most(clips, is_other);
    std::vector<std::string> all;
    for (std::size_t index = 0; index < clips.size(); ++index) all.push_back(is_other(index, reference));
    return all;
}

Reasons named(const std::vector<footage::Clip>& clips, const std::vector<std::string>& why) {
    Reasons others;
    for (std::size_t index = 0; index < clips.size(); ++index)
        if (!why[index].empty()) others.emplace_back(clips[index].path, why[index]);
    return others;
}

[[noreturn]] void refuse(const Reasons& others) {
    constexpr std::size_t kMostNamed = 20;
    std::string names;
    for (const auto& [path, why] : std::span(others).first(std::min(others.size(), kMostNamed)))
        names += fmt::format("\n  {}: {}", path, why);
    if (others.size() > kMostNamed) names += fmt::format("\n  … and {} more", others.size() - kMostNamed);
    throw Error(Category::usage,
                fmt::format("The pictures of {} clip{} cannot be copied into this film:{}", others.size(),
                            others.size() == 1 ? "" : "s", names),
                "Narrow the recipe, for example with --camera or --event; leave them out with --on-error skip; or use "
                "the preset share or archive.");
}

/// An InOrder's job does not throw.
struct Read {
    measure::Pictures pictures;
    std::optional<Error> failure;
};

std::map<std::string, measure::Pictures> read_all(const library::Library& library,
                                                  const std::vector<footage::Clip>& clips, const RenderTools& tools,
                                                  const process::Stop& stop) {
    process::InOrder<Read> reading(
        clips.size(), process::usual_threads(),
        [&](std::size_t at, const process::Stop& own_stop) -> Read {
            try {
                const auto file = library.located(clips[at].path);
                return {measure::read_pictures(tools.ffprobe, file, clips[at].facts, own_stop), {}};
            } catch (const Error& error) {
                return {{}, error};
            }
        },
        stop);
    std::map<std::string, measure::Pictures> all;
    for (const auto& clip : clips) {
        auto read = reading.next();
        if (!read) throw cancelled();
        if (read->failure) {
            throw Error(read->failure->category(), fmt::format("{}: {}.", clip.path, read->failure->message()),
                        "Tag the clip `bad`, or use the preset share.", read->failure->detail());
        }
        all[footage::rendering_id(clip)] = std::move(read->pictures);
    }
    return all;
}

/// Up to the next frame of the film: there the next clip begins.
std::int64_t length_on_film(const footage::Facts& facts, const measure::Pictures& pictures, Rational rate) {
    const auto us = rounded_product(pictures.end, 1'000'000 * facts.time_base.num, facts.time_base.den);
    auto frames = frames_in(us, rate);
    const auto tick_us = rounded_product(1'000'000, facts.time_base.num, facts.time_base.den);
    if (microseconds_at(frames, rate) + tick_us + 1 < us) frames += Frames{1};  // steps in whole ticks are not exact
    return microseconds_at(std::max(frames, Frames{1}), rate);
}

bool is_plain_pcm(const footage::Clip& clip) {
    const auto& sound = clip.facts.sound;
    return sound && sound->codec == "pcm_s16le" && sound->channels == 2 && sound->sample_rate == kSampleRate;
}

void choose_container(Snapshot& snapshot) {
    auto& preset = snapshot.preset;
    const bool has_pcm = std::all_of(snapshot.inputs.begin(), snapshot.inputs.end(), is_plain_pcm);
    preset.muxer = is_in_mp4(snapshot.inputs.front().facts.codec) && !has_pcm ? "mp4" : "mov";
    preset.extension = preset.muxer;
    if (has_pcm) preset.sound_arguments = {"-c:a", "pcm_s16le"};
}

const measure::Pictures& pictures_at(const Snapshot& snapshot, const timeline::Item& item) {
    return snapshot.pictures.at(timeline::content_of(item.source, snapshot.inputs));
}

/// Two clips follow each other in one stream when what is decoded first of the second comes after what is decoded last
/// of the first.
void require_order(const Snapshot& snapshot) {
    const auto rate = snapshot.format.rate;
    const auto items = timeline::lay_out(snapshot.recipe, snapshot.inputs, rate, snapshot.sequence);
    Reasons late;
    for (std::size_t index = 1; index < items.size(); ++index) {
        const auto& before = pictures_at(snapshot, items[index - 1]);
        const auto& facts = snapshot.inputs[items[index].source.clip].facts;
        const auto apart_us = microseconds_at(items[index].start, rate) - microseconds_at(items[index - 1].start, rate);
        const auto apart = rounded_product(apart_us, facts.time_base.den, 1'000'000 * facts.time_base.num);
        if (before.last_dts < pictures_at(snapshot, items[index]).first_dts + apart) continue;
        late.emplace_back(snapshot.inputs[items[index].source.clip].path,
                          "its pictures have to be decoded earlier than those of the clip before it allow");
    }
    if (!late.empty()) refuse(late);
}

}  // namespace

Reasons look_at_pictures(const library::Library& library, Snapshot& snapshot, const RenderTools& tools, bool leave_out,
                         const process::Stop& stop) {
    snapshot.pictures = read_all(library, snapshot.inputs, tools, stop);
    const auto pictures = [&](std::size_t index) -> const measure::Pictures& {
        return snapshot.pictures.at(footage::rendering_id(snapshot.inputs[index]));
    };
    const auto is_other = [&](std::size_t one, std::size_t other) {
        auto why = footage::other_kind(snapshot.inputs[one].facts, snapshot.inputs[other].facts);
        if (why.empty() && pictures(one).parameters != pictures(other).parameters)
            why = "its decoder needs other parameters";
        return why;
    };
    auto why = differences(snapshot.inputs, is_other);
    std::vector<bool> gone;
    for (std::size_t index = 0; index < why.size(); ++index) {
        if (why[index].empty()) why[index] = flaw_of(snapshot.inputs[index], pictures(index));
        gone.push_back(!why[index].empty());
    }
    auto others = named(snapshot.inputs, why);
    if (!others.empty() && (!leave_out || others.size() == snapshot.inputs.size())) refuse(others);
    if (!others.empty()) take_off(snapshot, gone);
    snapshot.format = timeline::choose_format(snapshot.recipe, snapshot.inputs);
    for (auto& clip : snapshot.inputs) {
        clip.facts.duration_us =
            length_on_film(clip.facts, snapshot.pictures.at(footage::rendering_id(clip)), snapshot.format.rate);
        for (auto& span : clip.spans) span.facts.duration_us = clip.facts.duration_us;
    }
    choose_container(snapshot);
    require_order(snapshot);
    return others;
}

void check_copied(const std::filesystem::path& film, const Snapshot& snapshot, const Plan& plan) {
    const auto refuse_film = [](const std::string& detail) {
        throw Error(Category::encoding_error, "The film's pictures are not at the same times as its clips'.",
                    "Use the preset share or archive for these clips.", detail);
    };
    const auto found = picture_times(film);
    const auto& times = found.times;
    const auto ticks_a_second = found.ticks_a_second;
    std::size_t at = 0;
    for (const auto& item : plan.items) {
        const auto& own = pictures_at(snapshot, item).times;
        const auto& tick = timeline::facts_of(item.source, snapshot.inputs).time_base;
        const auto on_film = [&](std::int64_t ticks) {
            return rounded_product(ticks, tick.num * ticks_a_second, tick.den);
        };
        const auto start =
            rounded_product(microseconds_at(item.start, snapshot.format.rate), ticks_a_second, 1'000'000);
        if (own.size() > times.size() - at) refuse_film("It has too few pictures.");
        const auto begun = times[at];
        const auto& path = timeline::name_of(item.source, snapshot.inputs);
        if (std::abs(begun - start) > on_film(1) / 2 + 1)
            refuse_film(fmt::format("{} begins at {}, not {}.", path, begun, start));
        for (std::size_t picture = 0; picture < own.size(); ++picture) {
            if (times[at + picture] - begun == on_film(own[picture])) continue;
            refuse_film(fmt::format("Picture {} of {} is at {}, not {}.", picture, path, times[at + picture] - begun,
                                    on_film(own[picture])));
        }
        at += own.size();
    }
    if (at != times.size()) refuse_film("It has too many pictures.");
}

Reasons others_among(const std::vector<footage::Clip>& clips) {
    if (clips.empty()) return {};
    const auto is_other = [&](std::size_t one, std::size_t other) {
        return footage::other_kind(clips[one].facts, clips[other].facts);
    };
    return named(clips, differences(clips, is_other));
}

}  // namespace dadcam::render
