#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <apps/commands.hpp>
#include <apps/render/format.hpp>
#include <apps/render/table.hpp>
#include <libdadcam/footage/plain_name.hpp>
#include <libdadcam/library/clip_store.hpp>
#include <libdadcam/library/time_zone.hpp>
#include <libdadcam/measure/measure.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

/// Marked where only a header that need not be right says it.
std::string length_of(const footage::Facts& facts) {
    return fmt::format("{}{}", measure::has_sure_length(facts) ? "" : "~",
                       clock(static_cast<double>(facts.duration_us) / 1e6));
}

using Json = nlohmann::ordered_json;
using Counted = std::vector<std::pair<std::string, std::int64_t>>;

struct ClipsArguments {
    std::string from;
    std::string until;
    std::vector<std::string> events;
    std::vector<std::string> tags;
    bool list_events = false;
    bool list_tags = false;
};

std::string joined(const std::vector<std::string>& words) {
    return fmt::format("{}", fmt::join(words, ", "));
}

Json as_json(const library::Library& library, const footage::Clip& clip, const Zone& zone) {
    const auto& facts = clip.facts;
    return {{"id", clip.id},
            {"path", library.located(clip.path).string()},
            {"event", clip.event},
            {"recordedAt", clip.recorded.time},
            {"recordedLocal", footage::local_text(clip.recorded, zone)},
            {"recordedAtSource", clip.recorded.source},
            {"recordedAtEstimated", clip.recorded.estimated},
            {"camera", clip.camera.empty() ? Json() : Json(clip.camera)},
            {"durationMs", facts.duration_us / 1000},
            {"durationMeasured", measure::has_sure_length(facts)},
            {"width", facts.width},
            {"height", facts.height},
            {"sampleAspect", to_string(facts.sample_aspect)},
            {"rotation", facts.rotation},
            {"fps", to_string(facts.rate)},
            {"codec", facts.codec},
            {"fieldOrder", facts.field_order},
            {"colorTransfer", facts.color_transfer},
            {"hasAudio", facts.sound.has_value()},
            {"sizeBytes", clip.state.size_bytes},
            {"contentId", clip.content_id},
            {"tags", clip.tags}};
}

void print_counts(Context& context, const char* what, const Counted& rows) {
    if (context.options.json) {
        Json document = Json::array();
        for (const auto& [name, count] : rows) document.push_back({{"name", name}, {"clips", count}});
        return print_json(context, document);
    }
    Table table({{what, Align::left, true}, {"clips", Align::right}});
    for (const auto& [name, count] : rows) table.add_row({name, fmt::format("{}", count)});
    table.write(context.terminal);
}

/// The same filters as a recipe's, but nothing is left out for being bad.
std::vector<footage::Clip> filtered(library::Library& library, const ClipsArguments& arguments) {
    recipe::Recipe filter;
    if (!arguments.from.empty()) filter.from = recipe::parse_from(arguments.from);
    if (!arguments.until.empty()) filter.until = recipe::parse_until(arguments.until);
    for (const auto& event : arguments.events) filter.events.push_back(footage::plain_name(event));
    filter.tags = arguments.tags;
    filter.include = {"bad", "archived"};
    return library::selected_clips(library, filter);
}

/// The local time: "2019-07-14 18:30", with a mark where it is estimated.
std::string recorded_text(const footage::RecordedAt& recorded, const Zone& zone) {
    auto text = footage::local_text(recorded, zone).substr(0, 16);
    std::replace(text.begin(), text.end(), 'T', ' ');
    return fmt::format("{}{}", recorded.estimated ? "~" : "", text);
}

void print_table(Context& context, const std::vector<footage::Clip>& clips, const Zone& zone) {
    if (clips.empty()) return say(context, "No such clips. `dadcam ingest PATH` takes clips in.");
    Table table({{"id", Align::right},
                 {"recorded"},
                 {"length", Align::right},
                 {"picture"},
                 {"rate"},
                 {"event", Align::left, true},
                 {"tags", Align::left, true},
                 {"file", Align::left, true}});
    for (const auto& clip : clips) {
        table.add_row({fmt::format("{}", clip.id), recorded_text(clip.recorded, zone), length_of(clip.facts),
                       fmt::format("{}x{}{}", clip.facts.width, clip.facts.height, clip.facts.sound ? "" : " mute"),
                       fmt::format("{:.4g}", clip.facts.rate.value()), clip.event, joined(clip.tags), clip.path});
    }
    table.write(context.terminal);
}

int clips(Context& context, const ClipsArguments& arguments) {
    auto library = open_library(context, library::Access::read);
    if (arguments.list_events)
        print_counts(context, "event", library::events(library));
    else if (arguments.list_tags)
        print_counts(context, "tag", library::tags(library));
    else {
        const auto found = filtered(library, arguments);
        const auto zone = library::zone_of(library);
        if (!context.options.json)
            print_table(context, found, zone);
        else {
            Json document = Json::array();
            for (const auto& clip : found) document.push_back(as_json(library, clip, zone));
            print_json(context, document);
        }
    }
    return 0;
}

}  // namespace

Action declare_clips(Declaration command) {
    auto arguments = std::make_shared<ClipsArguments>();
    command.add_option("--from", arguments->from, "Recorded on or after: 2019-07-14, 2019-07 or 2019");
    command.add_option("--to", arguments->until, "Recorded on or before, the same way");
    command.add_option("--event", arguments->events, "Of this event; may be given again").one_value_each();
    command.add_option("--tag", arguments->tags, "With this tag; may be given again").one_value_each();
    const auto events = command.add_flag("--events", arguments->list_events, "List the events instead");
    command.add_flag("--tags", arguments->list_tags, "List the tags instead").excludes(events);
    return [arguments](Context& context) {
        if (!arguments->from.empty()) recipe::parse_from(arguments->from);  // before anything is opened
        if (!arguments->until.empty()) recipe::parse_until(arguments->until);
        return clips(context, *arguments);
    };
}

}  // namespace dadcam::app
