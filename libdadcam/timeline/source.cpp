#include <libdadcam/timeline/source.hpp>

namespace dadcam::timeline {

std::vector<Source> sources_of(std::span<const footage::Clip> clips) {
    std::vector<Source> sources;
    sources.reserve(clips.size());
    for (std::size_t index = 0; index < clips.size(); ++index) sources.push_back({index});
    return sources;
}

std::int64_t length_of(const Source& source, std::span<const footage::Clip> clips, const recipe::Recipe& recipe) {
    const auto own = clips[source.clip].facts.duration_us;
    return recipe.max_clip_ms && *recipe.max_clip_ms <= own / 1000 ? *recipe.max_clip_ms * 1000 : own;
}

std::optional<std::size_t> clip_read_by(const Source& source) {
    return source.clip;
}

const std::string& content_of(const Source& source, std::span<const footage::Clip> clips) {
    return clips[source.clip].content_id;
}

const std::string& name_of(const Source& source, std::span<const footage::Clip> clips) {
    return clips[source.clip].path;
}

}  // namespace dadcam::timeline
