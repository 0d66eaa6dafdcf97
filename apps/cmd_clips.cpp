#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <apps/clip_choice.hpp>
#include <apps/clip_text.hpp>
#include <apps/commands.hpp>
#include <apps/render/table.hpp>
#include <functional>
#include <libdadcam/library/clip_store.hpp>
#include <libdadcam/library/time_zone.hpp>
#include <libdadcam/recipe/natural_order.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

using Json = nlohmann::ordered_json;
using Counted = std::vector<std::pair<std::string, std::int64_t>>;

struct ClipsArguments {
    ClipChoice choice;
    std::string sort = "recorded";
    bool missing = false;
    bool list_events = false;
    bool list_cameras = false;
    bool list_tags = false;
};

std::string joined(const std::vector<std::string>& words) {
    return fmt::format("{}", fmt::join(words, ", "));
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

using Before = std::function<bool(const footage::Clip&, const footage::Clip&)>;

/// Nothing for the order in which they were recorded.
Before order_of(const std::string& by) {
    if (by == "path") return [](const auto& a, const auto& b) { return recipe::naturally_before(a.path, b.path); };
    if (by == "length")
        return [](const auto& a, const auto& b) { return a.facts.duration_us > b.facts.duration_us; };  // longest first
    if (by == "size") return [](const auto& a, const auto& b) { return a.state.size_bytes > b.state.size_bytes; };
    if (by == "id") return [](const auto& a, const auto& b) { return a.id < b.id; };
    return nullptr;
}

std::vector<footage::Clip> listed(library::Library& library, const ClipsArguments& arguments) {
    auto clips = filtered(library, arguments.choice);
    if (arguments.missing) std::erase_if(clips, [&](const auto& clip) { return !is_missing(library, clip); });
    if (const auto before = order_of(arguments.sort)) std::stable_sort(clips.begin(), clips.end(), before);
    return clips;
}

void print_table(Context& context, const std::vector<footage::Clip>& clips, const Zone& zone) {
    if (clips.empty())
        return say(context, "No clips match. `dadcam ingest PATH` adds clips, and finds those that were moved.");
    const bool cameras = std::any_of(clips.begin(), clips.end(), [](const auto& clip) { return !clip.camera.empty(); });
    std::vector<Column> columns{{"id", Align::right}, {"recorded"}, {"length", Align::right}, {"picture"}, {"rate"}};
    if (cameras) columns.push_back({"camera", Align::left, true});
    columns.insert(columns.end(),
                   {{"event", Align::left, true}, {"tags", Align::left, true}, {"file", Align::left, true}});
    Table table(std::move(columns));
    for (const auto& clip : clips) {
        std::vector<std::string> cells{
            fmt::format("{}", clip.id), recorded_text(clip.recorded, zone), length_of(clip.facts),
            fmt::format("{}x{}{}", clip.facts.width, clip.facts.height, clip.facts.sound ? "" : " mute"),
            fmt::format("{:.4g}", clip.facts.rate.value())};
        if (cameras) cells.push_back(clip.camera);
        cells.insert(cells.end(), {clip.event, joined(clip.tags), clip.path});
        table.add_row(std::move(cells));
    }
    table.write(context.terminal);
}

int clips(Context& context, const ClipsArguments& arguments) {
    auto library = open_library(context, library::Access::read);
    if (arguments.list_events)
        print_counts(context, "event", library::events(library));
    else if (arguments.list_cameras)
        print_counts(context, "camera", library::cameras(library));
    else if (arguments.list_tags)
        print_counts(context, "tag", library::tags(library));
    else {
        const auto found = listed(library, arguments);
        const auto zone = library::zone_of(library);
        if (!context.options.json)
            print_table(context, found, zone);
        else {
            Json document = Json::array();
            for (const auto& clip : found) document.push_back(clip_json(library, clip, zone));
            print_json(context, document);
        }
    }
    return 0;
}

}  // namespace

Action declare_clips(Declaration command) {
    auto arguments = std::make_shared<ClipsArguments>();
    declare_filters(command, arguments->choice);
    command.add_flag("--missing", arguments->missing, "Only clips whose file is missing");
    command.add_option("--sort", arguments->sort, "recorded, path, length, size or id")
        .one_of({"recorded", "path", "length", "size", "id"})
        .show_default();
    const auto events = command.add_flag("--events", arguments->list_events, "List the events instead");
    const auto cameras =
        command.add_flag("--cameras", arguments->list_cameras, "List the cameras instead").excludes(events);
    command.add_flag("--tags", arguments->list_tags, "List the tags instead").excludes(events).excludes(cameras);
    return [arguments](Context& context) {
        check(arguments->choice);  // before anything is opened
        return clips(context, *arguments);
    };
}

}  // namespace dadcam::app
