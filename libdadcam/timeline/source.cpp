#include <algorithm>
#include <libdadcam/timeline/source.hpp>
#include <limits>

namespace dadcam::timeline {

std::vector<Source> sources_of(std::span<const footage::Clip> clips, const recipe::Recipe& recipe) {
    std::vector<Source> sources;
    sources.reserve(clips.size());
    for (std::size_t index = 0; index < clips.size(); ++index) {
        Source source{index};
        auto left = std::numeric_limits<std::int64_t>::max();
        if (recipe.max_clip_ms && *recipe.max_clip_ms <= left / 1000) left = *recipe.max_clip_ms * 1000;
        do {
            source.length_us = std::min(left, facts_of(source, clips).duration_us);
            left -= source.length_us;
            sources.push_back(source);
            source.since_us += source.length_us;
        } while (++source.span < clips[index].spans.size() && left > 0);
    }
    return sources;
}

bool goes_on(const Source& source) {
    return source.span > 0;
}

std::optional<std::size_t> clip_read_by(const Source& source) {
    return source.clip;
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
    return footage::rendering_id(clips[source.clip]);
}

const std::string& name_of(const Source& source, std::span<const footage::Clip> clips) {
    return clips[source.clip].path;
}

}  // namespace dadcam::timeline
