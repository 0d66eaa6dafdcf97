#include <algorithm>
#include <libdadcam/recipe/natural_order.hpp>
#include <libdadcam/recipe/selection.hpp>
#include <random>

namespace dadcam::recipe {
namespace {

bool contains(const std::vector<std::string>& list, const std::string& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

bool left_out(const Recipe& recipe, const footage::Clip& clip, const std::string& tag) {
    return contains(clip.tags, tag) && !contains(recipe.include, tag) && !contains(recipe.tags, tag);
}

bool names(const Recipe& recipe, const footage::Clip& clip) {
    if (left_out(recipe, clip, "bad") || left_out(recipe, clip, "archived")) return false;
    if (recipe.mode == Mode::by_favorites && !contains(clip.tags, "favorite")) return false;
    if (recipe.from && clip.recorded.time < *recipe.from) return false;
    if (recipe.until && clip.recorded.time > *recipe.until) return false;
    if (!recipe.events.empty() && !contains(recipe.events, clip.event)) return false;
    return std::all_of(recipe.tags.begin(), recipe.tags.end(),
                       [&](const auto& tag) { return contains(clip.tags, tag); });
}

/// Fisher–Yates over mt19937_64, whose numbers the standard fixes (std::shuffle's use of them it does not).
void shuffle(std::vector<footage::Clip>& clips, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    for (std::size_t left = clips.size(); left > 1; --left) std::swap(clips[left - 1], clips[random() % left]);
}

}  // namespace

std::vector<footage::Clip> select(const Recipe& recipe, std::vector<footage::Clip> clips) {
    std::erase_if(clips, [&](const auto& clip) { return !names(recipe, clip); });
    std::sort(clips.begin(), clips.end(), [](const auto& a, const auto& b) {
        if (a.recorded.time != b.recorded.time) return a.recorded.time < b.recorded.time;
        return naturally_before(a.path, b.path);
    });
    if (recipe.order == Order::shuffle) shuffle(clips, recipe.seed);
    return clips;
}

}  // namespace dadcam::recipe
