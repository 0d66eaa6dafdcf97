#include <algorithm>
#include <libdadcam/timeline/source.hpp>
#include <limits>
#include <utility>

namespace dadcam::timeline {

namespace {

/// A window can lie over several spans.
void add_window(std::vector<Source>& sources, std::span<const footage::Clip> clips, const recipe::Shown& window,
                std::size_t entry) {
    constexpr auto kEnd = std::numeric_limits<std::int64_t>::max();
    constexpr std::int64_t kMillisecond = 1000;
    const auto from = window.from_ms.value_or(0) * kMillisecond;
    const auto until =
        window.until_ms && *window.until_ms <= kEnd / kMillisecond ? *window.until_ms * kMillisecond : kEnd;
    Source source{window.clip};
    source.entry = entry;
    std::int64_t at = 0;  // of the clip: where the span begins
    do {
        const auto length = facts_of(source, clips).duration_us;
        source.from_us = std::max<std::int64_t>(0, from - at);
        source.length_us = std::min(until - at, length) - source.from_us;
        at += length;
        if (source.length_us <= 0) continue;
        sources.push_back(source);
        source.since_us += source.length_us;
    } while (++source.span < clips[window.clip].spans.size() && at < until);
}

}  // namespace

bool Source::operator==(const Source& other) const {
    const auto same_card = card && other.card ? *card == *other.card : card == other.card;
    return same_card && clip == other.clip && span == other.span && since_us == other.since_us &&
           length_us == other.length_us && from_us == other.from_us && entry == other.entry;
}

std::vector<Source> sources_of(std::span<const footage::Clip> clips, const recipe::Recipe& recipe,
                               const recipe::Sequence& sequence) {
    std::vector<Source> sources;
    sources.reserve(std::max(clips.size(), sequence.size()));
    if (sequence.empty()) {
        for (std::size_t index = 0; index < clips.size(); ++index)
            add_window(sources, clips, {index, {}, recipe.max_clip_ms}, 0);
    }
    std::size_t cards = 0;  // just before
    for (std::size_t entry = 0; entry < sequence.size(); ++entry) {
        if (const auto* card = std::get_if<recipe::Card>(&sequence[entry])) {
            Source source{Source::kNoClip};
            source.entry = entry;
            source.length_us = card->milliseconds * 1000;
            source.card = std::make_shared<const recipe::Card>(*card);
            sources.push_back(std::move(source));
            ++cards;
            continue;
        }
        const auto first = sources.size();
        add_window(sources, clips, std::get<recipe::Shown>(sequence[entry]), entry);
        if (first == sources.size()) continue;
        for (; cards > 0; --cards) {
            auto& card = sources[first - cards];
            card.clip = sources[first].clip;
            card.span = sources[first].span;
            card.from_us = sources[first].from_us;
        }
    }
    return sources;
}

bool goes_on(const Source& source) {
    return source.since_us > 0;
}

std::optional<std::size_t> clip_read_by(const Source& source) {
    const bool is_read =
        !source.card || (source.card->style == recipe::CardStyle::blur && source.clip != Source::kNoClip);
    return is_read ? std::optional(source.clip) : std::nullopt;
}

const footage::Facts& facts_of(const Source& source, std::span<const footage::Clip> clips) {
    const auto* span = span_of(source, clips);
    return span != nullptr ? span->facts : clips[source.clip].facts;
}

const footage::Span* span_of(const Source& source, std::span<const footage::Clip> clips) {
    const auto& clip = clips[source.clip];
    return clip.spans.empty() ? nullptr : &clip.spans[source.span];
}

const std::string& content_of(const Source& source, std::span<const footage::Clip> clips) {
    return source.card ? source.card->title : footage::rendering_id(clips[source.clip]);
}

const std::string& name_of(const Source& source, std::span<const footage::Clip> clips) {
    if (!source.card) return clips[source.clip].path;
    return source.card->title.empty() ? source.card->subtitle : source.card->title;
}

}  // namespace dadcam::timeline
