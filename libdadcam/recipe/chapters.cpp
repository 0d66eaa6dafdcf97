#include <algorithm>
#include <charconv>
#include <filesystem>
#include <libdadcam/footage/names.hpp>
#include <libdadcam/recipe/chapters.hpp>
#include <libdadcam/time.hpp>
#include <map>
#include <numeric>

namespace dadcam::recipe {
namespace {

constexpr std::chrono::days kLongestRecording{1};

std::optional<int> digits_of(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || text.front() == '-') return std::nullopt;
    return value;
}

/// Where each clip goes: the place of the first of its recording that comes, then the part.
struct Place {
    std::size_t recording = 0;
    int chapter = 0;
};

}  // namespace

std::optional<Chapter> chapter_of(std::string_view path) {
    constexpr std::size_t kLength = 8, kKind = 2, kRecording = 4;
    const std::filesystem::path file(path);
    const auto name = footage::small_letters(file.stem().string());
    if (name.size() != kLength || !name.starts_with('g')) return std::nullopt;
    const auto kind = name.substr(0, kKind), part = name.substr(kKind, kLength - kKind - kRecording);
    const auto recording = name.substr(kLength - kRecording);
    if (!digits_of(recording)) return std::nullopt;
    const auto named = [&](std::string_view family, int number) {
        return Chapter{(file.parent_path() / family).string() + recording, number};
    };
    if (kind == "go" && part == "pr") return named("gp", 1);
    const auto number = digits_of(part);
    if (!number || *number == 0) return std::nullopt;
    if (kind == "gp") return named("gp", *number + 1);
    return kind == "gh" || kind == "gx" ? std::optional(named(kind, *number)) : std::nullopt;
}

void join_chapters(std::vector<footage::Clip>& clips) {
    struct Recording {
        std::size_t place;
        std::optional<std::chrono::sys_seconds> last;
    };
    std::map<std::string, Recording> recordings;
    std::vector<Place> places;
    places.reserve(clips.size());
    for (std::size_t index = 0; index < clips.size(); ++index) {
        places.push_back({index, 0});
        const auto chapter = chapter_of(clips[index].path);
        if (!chapter) continue;
        const auto time = parse_utc(clips[index].recorded.time);
        auto& recording = recordings.try_emplace(chapter->recording, Recording{index, time}).first->second;
        if (time && recording.last && *time - *recording.last > kLongestRecording) recording.place = index;
        recording.last = time;
        places.back() = {recording.place, chapter->number};
    }
    if (recordings.empty()) return;
    std::vector<std::size_t> order(clips.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const auto &one = places[a], &other = places[b];
        return one.recording != other.recording ? one.recording < other.recording : one.chapter < other.chapter;
    });
    std::vector<footage::Clip> joined;
    joined.reserve(clips.size());
    for (const auto index : order) joined.push_back(std::move(clips[index]));
    clips = std::move(joined);
}

}  // namespace dadcam::recipe
