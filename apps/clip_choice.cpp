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

void check(const ClipChoice& choice) {
    if (!choice.from.empty()) recipe::parse_from(choice.from);
    if (!choice.until.empty()) recipe::parse_until(choice.until);
}

void narrow(recipe::Recipe& recipe, const ClipChoice& choice) {
    if (!choice.from.empty()) recipe.from = recipe::parse_from(choice.from);
    if (!choice.until.empty()) recipe.until = recipe::parse_until(choice.until);
    for (const auto& event : choice.events) recipe.events.push_back(footage::plain_name(event));
    recipe.cameras = choice.cameras;
    recipe.tags = choice.tags;
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
