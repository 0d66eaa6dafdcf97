#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/kind.hpp>
#include <libdadcam/process/in_order.hpp>
#include <libdadcam/process/tools.hpp>
#include <libdadcam/render/copying.hpp>
#include <libdadcam/render/encoder.hpp>
#include <libdadcam/render/output.hpp>
#include <optional>
#include <set>

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

bool is_none_left(const std::vector<bool>& gone) {
    return std::find(gone.begin(), gone.end(), false) == gone.end();
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

/// Each once, however often a list has it.
Reasons named(const std::vector<footage::Clip>& clips, const std::vector<std::string>& why) {
    Reasons others;
    std::set<std::string> paths;
    for (std::size_t index = 0; index < clips.size(); ++index)
        if (!why[index].empty() && paths.insert(clips[index].path).second)
            others.emplace_back(clips[index].path, why[index]);
    return others;
}

/// The options that name what the clips have that stay; empty where those that go have some of it, too.
template <typename Of>
std::string options_for(const std::vector<footage::Clip>& clips, const Reasons& others, const char* option, Of of) {
    std::set<std::string> gone, kept;
    for (const auto& [path, why] : others) gone.insert(path);
    for (const auto& clip : clips)
        if (!gone.contains(clip.path)) kept.insert(of(clip));
    std::string options;
    for (const auto& name : kept)
        options += fmt::format("{}{} {}", options.empty() ? "" : " ", option, process::quoted(name));
    const auto is_lost = [&](const footage::Clip& clip) { return gone.contains(clip.path) && kept.contains(of(clip)); };
    return kept.contains("") || std::any_of(clips.begin(), clips.end(), is_lost) ? std::string() : options;
}

[[noreturn]] void refuse(const Reasons& others, const std::string& options) {
    constexpr std::size_t kMostNamed = 20;
    std::string names;
    for (const auto& [path, why] : std::span(others).first(std::min(others.size(), kMostNamed)))
        names += fmt::format("\n  {}: {}", path, why);
    if (others.size() > kMostNamed) names += fmt::format("\n  … and {} more", others.size() - kMostNamed);
    throw Error(Category::usage,
                fmt::format("The pictures of {} clip{} cannot be copied into this film:{}", others.size(),
                            others.size() == 1 ? "" : "s", names),
                fmt::format("Narrow the recipe, {}; leave them out with --on-error skip; or use the preset share or "
                            "archive.",
                            options.empty() ? "for example with --camera or --event" : "with " + options));
}

/// An InOrder's job does not throw.
struct Read {
    measure::Pictures pictures;
    std::optional<Error> failure;
};

/// A file of the footage, once, however often it is shown.
struct Wanted {
    const footage::Clip* clip = nullptr;
    bool in_parts = false;
};

std::vector<Wanted> wanted_files(const Snapshot& snapshot) {
    std::map<std::string, Wanted> by_content;
    for (const auto& source : timeline::sources_of(snapshot.inputs, snapshot.recipe, snapshot.sequence)) {
        const auto& clip = snapshot.inputs[source.clip];
        auto& wanted = by_content[footage::rendering_id(clip)];
        wanted.clip = &clip;
        wanted.in_parts = wanted.in_parts || source.length_us < timeline::facts_of(source, snapshot.inputs).duration_us;
    }
    std::vector<Wanted> files;
    for (const auto& [content, wanted] : by_content) files.push_back(wanted);
    return files;
}

std::map<std::string, measure::Pictures> read_all(const library::Library& library, const Snapshot& snapshot,
                                                  const RenderTools& tools, const process::Stop& stop) {
    const auto files = wanted_files(snapshot);
    process::InOrder<Read> reading(
        files.size(), process::usual_threads(),
        [&](std::size_t at, const process::Stop& own_stop) -> Read {
            const auto& [clip, in_parts] = files[at];
            try {
                const measure::Readers readers{tools.ffprobe, tools.ffmpeg.path};
                return {measure::read_pictures(readers, library.located(clip->path), clip->facts, in_parts, own_stop),
                        {}};
            } catch (const Error& error) {
                return {{}, error};
            }
        },
        stop);
    std::map<std::string, measure::Pictures> all;
    for (const auto& [clip, in_parts] : files) {
        auto read = reading.next();
        if (!read || (read->failure && read->failure->category() == Category::cancelled)) throw cancelled();
        if (read->failure) {
            throw Error(read->failure->category(), fmt::format("{}: {}.", clip->path, read->failure->message()),
                        "Tag the clip `bad`, or use the preset share.", read->failure->detail());
        }
        all[footage::rendering_id(*clip)] = std::move(read->pictures);
    }
    return all;
}

bool is_plain_pcm(const footage::Clip& clip) {
    const auto& sound = clip.facts.sound;
    return sound && sound->codec == "pcm_s16le" && sound->channels == 2 && sound->sample_rate == kSampleRate;
}

bool is_silent(const Snapshot& snapshot) {
    const auto has_sound = [](const footage::Clip& clip) { return clip.facts.sound.has_value(); };
    return snapshot.recipe.sound.music.empty() &&
           std::none_of(snapshot.inputs.begin(), snapshot.inputs.end(), has_sound);
}

void choose_container(Snapshot& snapshot) {
    auto& preset = snapshot.preset;
    const bool has_pcm = std::all_of(snapshot.inputs.begin(), snapshot.inputs.end(), is_plain_pcm);
    preset.muxer = is_in_mp4(snapshot.inputs.front().facts.codec) && !has_pcm ? "mp4" : "mov";
    preset.extension = preset.muxer;
    if (has_pcm) preset.sound_arguments = {"-c:a", "pcm_s16le"};
    if (is_silent(snapshot)) preset.sound_arguments.clear();
}

}  // namespace

Reasons look_at_pictures(const library::Library& library, Snapshot& snapshot, const RenderTools& tools, bool leave_out,
                         const process::Stop& stop) {
    snapshot.pictures = read_all(library, snapshot, tools, stop);
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
    if (!others.empty() && (!leave_out || is_none_left(gone))) refuse(others, narrowing(snapshot.inputs, others));
    if (!others.empty()) take_off(snapshot, gone);
    snapshot.format = timeline::choose_format(snapshot.recipe, snapshot.inputs);
    choose_container(snapshot);
    return others;
}

void require_order(const Snapshot& snapshot, const Plan& plan) {
    const auto& items = plan.items;
    const auto rate = snapshot.format.rate;
    Reasons late;
    for (std::size_t index = 1; index < items.size(); ++index) {
        const auto& before = plan.copied[index - 1];
        const auto& own = plan.copied[index];
        const auto& facts = timeline::facts_of(items[index].source, snapshot.inputs);
        const auto apart_us = microseconds_at(items[index].start, rate) - microseconds_at(items[index - 1].start, rate);
        const auto apart = rounded_product(apart_us, facts.time_base.den, 1'000'000 * facts.time_base.num);
        if (before.last_dts - before.part.from < own.part.first_dts - own.part.from + apart) continue;
        late.emplace_back(timeline::name_of(items[index].source, snapshot.inputs),
                          "its pictures have to be decoded earlier than those of the clip before it allow");
    }
    if (!late.empty()) refuse(late, {});
}

Reasons others_among(const std::vector<footage::Clip>& clips) {
    if (clips.empty()) return {};
    const auto is_other = [&](std::size_t one, std::size_t other) {
        return footage::other_kind(clips[one].facts, clips[other].facts);
    };
    return named(clips, differences(clips, is_other));
}

std::string narrowing(const std::vector<footage::Clip>& clips, const Reasons& others) {
    if (others.empty()) return {};
    auto options = options_for(clips, others, "--camera", [](const auto& clip) { return clip.camera; });
    if (options.empty()) options = options_for(clips, others, "--event", [](const auto& clip) { return clip.event; });
    return options;
}

}  // namespace dadcam::render
