#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <libdadcam/render/holes.hpp>
#include <set>
#include <utility>

namespace dadcam::render {
namespace {

constexpr std::size_t kMostTold = 20;

/// As a player shows it: "0:12.3", "1:02:03.4".
std::string place(std::int64_t us) {
    constexpr std::int64_t kTenth = 100'000, kTenths = 10, kSixty = 60;
    const auto tenths = (us + kTenth / 2) / kTenth, seconds = tenths / kTenths, minutes = seconds / kSixty;
    const auto rest = fmt::format("{:02}.{}", seconds % kSixty, tenths % kTenths);
    if (minutes < kSixty) return fmt::format("{}:{}", minutes, rest);
    return fmt::format("{}:{:02}:{}", minutes / kSixty, minutes % kSixty, rest);
}

constexpr std::int64_t kMuch = 1'000'000;

/// What is heard of a clip before its first picture is shown: a film has no place for that.
std::string sound_before(const timeline::Source& source, const footage::Facts& facts, const std::string& name) {
    // What is lost of the pictures is told of as such.
    const auto before = facts.start_us - facts.lost_us - facts.sound->start_us;
    if (source.from_us > 0 || before <= kMuch) return {};
    return fmt::format("The sound of {} begins {} before its pictures: what is heard before them is left out.", name,
                       place(before));
}

/// The same of a clip, or of a span of it, when the last one has been shown. `begin`: of a span, in its clip.
std::string sound_behind(const timeline::Source& source, const footage::Facts& facts, std::int64_t begin,
                         const std::string& name) {
    if (source.from_us + source.length_us < facts.duration_us) return {};
    const auto end = facts.sound->end_us - facts.start_us;
    if (end - facts.duration_us <= kMuch) return {};
    return fmt::format("The sound of {} goes on to {}, its pictures end at {}: what is heard behind them is left out.",
                       name, place(begin + end), place(begin + facts.duration_us));
}

/// Of several streams of pictures of a clip the film has one.
std::string pictures_beside(const footage::Facts& facts, const std::string& name) {
    if (facts.tracks < 2) return {};
    return fmt::format("{} has {} picture tracks: only one of them ({}, {}x{}) is in the film.", name, facts.tracks,
                       facts.codec, facts.width, facts.height);
}

/// The same of its sounds.
std::string sounds_beside(const footage::Sound& sound, const std::string& name) {
    if (sound.tracks < 2) return {};
    return fmt::format("{} has {} sound tracks: only one of them ({}, {}) is in the film.", name, sound.tracks,
                       sound.codec, sound.channels == 1 ? "mono" : fmt::format("{} channels", sound.channels));
}

/// Whether the span behind it is of the same recording, of which something changes there.
bool goes_on_behind(const footage::Clip& clip, const footage::Span* span) {
    if (span == nullptr || span == &clip.spans.back()) return false;
    const auto next = std::next(span)->facts.start_us;
    return next >= span->facts.start_us + span->facts.duration_us - kMuch && next <= span->facts.sound->end_us;
}

}  // namespace

std::vector<std::string> holes_in(const Snapshot& snapshot, const Plan& plan) {
    std::vector<std::string> sentences;
    std::size_t more = 0;
    const auto tell = [&](std::string sentence) {
        if (sentence.empty()) return;
        if (sentences.size() < kMostTold)
            sentences.push_back(std::move(sentence));
        else
            ++more;
    };
    std::set<std::size_t> told;
    for (const auto& item : plan.items) {
        const auto& source = item.source;
        if (source.card) continue;
        const auto* span = timeline::span_of(source, snapshot.inputs);
        const auto& facts = timeline::facts_of(source, snapshot.inputs);
        const auto begin = footage::begin_of(snapshot.inputs[source.clip], span);
        const auto name = timeline::name_of(source, snapshot.inputs);
        const bool is_first = told.insert(source.clip).second;
        if (is_first) tell(pictures_beside(facts, name));
        if (facts.sound) {
            if (is_first) tell(sounds_beside(*facts.sound, name));
            // A later span has the sound of the one before it, which may have begun there.
            if (begin == 0) tell(sound_before(source, facts, name));
            if (!goes_on_behind(snapshot.inputs[source.clip], span)) tell(sound_behind(source, facts, begin, name));
        }
        if (span == nullptr) continue;
        for (const auto& hole : span->holes) {
            const auto from = std::max(hole.at_us, source.from_us);
            const auto until = std::min(hole.at_us + hole.us, source.from_us + source.length_us);
            if (from < until)
                tell(fmt::format("No picture was recorded from {} to {} of {}: the one before stands still.",
                                 place(begin + from), place(begin + until), name));
        }
    }
    if (more > 0) sentences.push_back(fmt::format("The same at {} more places.", more));
    return sentences;
}

}  // namespace dadcam::render
