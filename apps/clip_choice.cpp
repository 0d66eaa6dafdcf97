#include <fmt/format.h>

#include <apps/clip_choice.hpp>
#include <libdadcam/footage/plain_name.hpp>

namespace dadcam::app {

void declare_filters(Declaration& command, ClipChoice& choice) {
    command.add_option("--from", choice.from, "Recorded on or after: 2019-07-14, 2019-07 or 2019");
    command.add_option("--to", choice.until, "Recorded on or before, written the same way");
    command.add_option("--event", choice.events, "Only this event; can be repeated")
        .one_value_each()
        .offers(Offered::events);
    command.add_option("--camera", choice.cameras, "Only this camera; can be repeated")
        .one_value_each()
        .offers(Offered::cameras);
    command.add_option("--tag", choice.tags, "Only with this tag; can be repeated")
        .one_value_each()
        .offers(Offered::tags);
}

namespace {

using Bound = std::optional<std::string>;

void set_bound(Bound& bound, const Bound& said, std::string (*parse)(std::string_view)) {
    if (said) bound = said->empty() ? Bound() : parse(*said);
}

void set_names(std::vector<std::string>& names, const std::vector<std::string>& said) {
    if (said.empty()) return;
    names = said;
    std::erase(names, std::string());
}

}  // namespace

bool narrows(const ClipChoice& choice) {
    return choice.from || choice.until || !choice.events.empty() || !choice.cameras.empty() || !choice.tags.empty();
}

void check(const ClipChoice& choice) {
    recipe::Recipe filter;
    narrow(filter, choice);
}

void narrow(recipe::Recipe& recipe, const ClipChoice& choice) {
    set_bound(recipe.from, choice.from, recipe::parse_from);
    set_bound(recipe.until, choice.until, recipe::parse_until);
    set_names(recipe.events, choice.events);
    for (auto& event : recipe.events) event = footage::plain_name(event);
    set_names(recipe.cameras, choice.cameras);
    set_names(recipe.tags, choice.tags);
}

std::vector<footage::Clip> filtered(library::Library& library, const ClipChoice& choice) {
    recipe::Recipe filter;
    narrow(filter, choice);
    filter.include = {"bad", "archived"};
    return library::selected_clips(library, filter);
}

std::vector<footage::Clip> named_clips(library::Library& library, const std::vector<std::int64_t>& ids) {
    std::vector<footage::Clip> clips;
    for (const auto id : ids) {
        auto clip = library::find_clip(library, id);
        if (!clip)
            throw Error(Category::general, fmt::format("There is no clip {}.", id),
                        "`dadcam clips` lists them. Nothing was changed.");
        clips.push_back(std::move(*clip));
    }
    return clips;
}

}  // namespace dadcam::app
