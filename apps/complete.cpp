#include <fmt/format.h>

#include <algorithm>
#include <apps/complete.hpp>
#include <apps/render/format.hpp>
#include <apps/signals.hpp>
#include <libdadcam/library/clip_store.hpp>
#include <libdadcam/library/file_system.hpp>
#include <libdadcam/library/lut_store.hpp>
#include <libdadcam/library/recipe_store.hpp>
#include <libdadcam/library/run_store.hpp>
#include <libdadcam/library/settings.hpp>
#include <libdadcam/zone.hpp>

namespace dadcam::app {
namespace {

using Words = std::vector<std::string>;

constexpr std::int64_t kMostRuns = 50;

Words names_of(const std::vector<std::pair<std::string, std::int64_t>>& counted) {
    Words names;
    for (const auto& [name, count] : counted) names.push_back(name);
    return names;
}

Words tags_of(library::Library& library) {
    auto tags = names_of(library::tags(library));
    tags.insert(tags.end(), {"favorite", "bad", "archived"});
    std::sort(tags.begin(), tags.end());
    tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
    return tags;
}

Words runs_of(library::Library& library, std::optional<library::RunStatus> status) {
    Words ids;
    for (const auto& run : library::history(library, status, kMostRuns, 0)) ids.push_back(fmt::format("{}", run.id));
    return ids;
}

Words recipes_of(library::Library& library) {
    Words names;
    for (const auto& stored : library::all_recipes(library)) names.push_back(stored.recipe.name);
    return names;
}

Words luts_of(library::Library& library) {
    Words names;
    for (const auto& lut : library::all_luts(library)) names.push_back(lut.name);
    return names;
}

Words in_library(library::Library& library, Offered kind) {
    switch (kind) {
        case Offered::recipes:
            return recipes_of(library);
        case Offered::luts:
            return luts_of(library);
        case Offered::events:
            return names_of(library::events(library));
        case Offered::cameras:
            return names_of(library::cameras(library));
        case Offered::tags:
            return tags_of(library);
        case Offered::runs:
            return runs_of(library, std::nullopt);
        case Offered::pending_runs:
            return runs_of(library, library::RunStatus::pending);
        default:
            return {};
    }
}

Offer of_setting(const Words& before) {
    const auto setting = before.empty() ? "" : before.back();
    if (setting == "launcher") return {Offered::words, {"srun", "ssh", "nice"}};
    if (setting == "trust" || setting == "store") return {Offered::folders};
    if (setting == "font") return {Offered::files};
    if (setting == library::kZoneSetting) return {Offered::zones};
    return {};
}

Words found(const Context& context, const Offer& offer) {
    if (offer.kind == Offered::words) return offer.words;
    if (offer.kind == Offered::zones) return zone_names();
    const auto root = find_library(context);
    // Where that may take long, a person who presses TAB does not want to wait.
    if (!root || library::is_shared_with_others(*root)) return {};
    auto library = library::Library::open(*root, library::Access::read);
    return in_library(library, offer.kind);
}

/// As it is given, in front of the last word.
std::string named_library(const Words& words) {
    constexpr std::string_view kOption = "--library";
    std::string named;
    for (std::size_t at = 0; at + 1 < words.size(); ++at) {
        if (words[at] == kOption && at + 2 < words.size()) named = words[at + 1];
        if (words[at].starts_with(kOption) && words[at].size() > kOption.size() && words[at][kOption.size()] == '=')
            named = words[at].substr(kOption.size() + 1);
    }
    return named;
}

}  // namespace

int complete(Context& context, const CommandLine& line, std::vector<std::string> words) {
    auto next = line.next(words);
    if (auto named = named_library(words); !named.empty()) context.options.library = std::move(named);
    if (next.offer.kind == Offered::setting_value) next.offer = of_setting(next.before);
    auto& out = context.terminal.out;
    if (next.offer.kind == Offered::files || next.offer.kind == Offered::folders) {
        out << (next.offer.kind == Offered::files ? "files\n" : "folders\n");
        return 0;
    }
    out << "words\n";
    release_signals();
    try {
        for (const auto& word : found(context, next.offer))
            if (!word.empty() && printable(word) == word) out << word << '\n';
    } catch (const std::exception&) {  // a person who presses TAB has asked nothing
    }
    return 0;
}

}  // namespace dadcam::app
