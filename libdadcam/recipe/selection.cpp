#include <algorithm>
#include <libdadcam/recipe/chapters.hpp>
#include <libdadcam/recipe/natural_order.hpp>
#include <libdadcam/recipe/selection.hpp>
#include <libdadcam/time.hpp>
#include <random>

namespace dadcam::recipe {
namespace {

bool contains(const std::vector<std::string>& list, const std::string& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

bool left_out(const Recipe& recipe, const footage::Clip& clip, const std::string& tag) {
    return contains(clip.tags, tag) && !contains(recipe.include, tag) && !contains(recipe.tags, tag);
}

/// A time is a bound's instant or, without a Z, what a clock on the wall showed.
bool is_instant(const std::string& bound) {
    return bound.ends_with('Z');
}

/// What a clip has to be compared with a bound.
std::string comparable(const footage::RecordedAt& recorded, const std::string& bound, const Zone& zone) {
    return is_instant(bound) ? recorded.time : format_wall(footage::wall_of(recorded, zone));
}

/// A wall bound reaches as far as zones lie apart from UTC, and days that are added do not leave the years of texts.
std::string widened(const std::string& bound, std::chrono::hours by) {
    const auto time = is_instant(bound) ? std::nullopt : parse_utc(bound);
    if (!time) return bound;
    auto text = format_utc(*time + by);
    return parse_utc(text) ? text : bound;
}

bool names(const Recipe& recipe, const footage::Clip& clip, const Zone& zone) {
    if (left_out(recipe, clip, "bad") || left_out(recipe, clip, "archived")) return false;
    if (recipe.mode == Mode::by_favorites && !contains(clip.tags, "favorite")) return false;
    if (recipe.from && comparable(clip.recorded, *recipe.from, zone) < *recipe.from) return false;
    if (recipe.until && comparable(clip.recorded, *recipe.until, zone) > *recipe.until) return false;
    if (!recipe.events.empty() && !contains(recipe.events, clip.event)) return false;
    if (!recipe.cameras.empty() && !contains(recipe.cameras, clip.camera)) return false;
    return std::all_of(recipe.tags.begin(), recipe.tags.end(),
                       [&](const auto& tag) { return contains(clip.tags, tag); });
}

/// Fisher–Yates over mt19937_64, whose numbers the standard fixes (std::shuffle's use of them it does not).
void shuffle(std::vector<footage::Clip>& clips, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    for (std::size_t left = clips.size(); left > 1; --left) std::swap(clips[left - 1], clips[random() % left]);
}

}  // namespace

std::vector<footage::Clip> select(const Recipe& recipe, std::vector<footage::Clip> clips, const Zone& zone) {
    std::erase_if(clips, [&](const auto& clip) { return !names(recipe, clip, zone); });
    std::sort(clips.begin(), clips.end(), [](const auto& a, const auto& b) {
        if (a.recorded.time != b.recorded.time) return a.recorded.time < b.recorded.time;
        return naturally_before(a.path, b.path);
    });
    join_chapters(clips);
    if (recipe.order == Order::shuffle) shuffle(clips, recipe.seed);
    return clips;
}

std::pair<std::string, std::string> instants_of(const Recipe& recipe) {
    constexpr std::chrono::hours kFarthest{26};
    return {recipe.from ? widened(*recipe.from, -kFarthest) : std::string(),
            recipe.until ? widened(*recipe.until, kFarthest) : "~"};  // before and after every time
}

}  // namespace dadcam::recipe
