#include <fmt/format.h>

#include <algorithm>
#include <apps/clip_choice.hpp>
#include <apps/clip_text.hpp>
#include <apps/commands.hpp>
#include <apps/render/table.hpp>
#include <libdadcam/footage/correction.hpp>
#include <libdadcam/library/correction_store.hpp>
#include <libdadcam/library/time_zone.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

using Json = nlohmann::ordered_json;

struct ClipTimeArguments {
    ClipChoice clips;
    std::string at;
    std::string shift;
    std::string zone;
    bool reset = false;
    bool dry_run = false;
};

/// The arguments, understood.
struct Wanted {
    std::optional<WrittenTime> at;
    footage::Correction correction;
};

struct Change {
    footage::Clip clip;  ///< as it was
    footage::RecordedAt after;
};

void check_choice(const ClipChoice& choice) {
    check(choice);
    const bool described = !choice.events.empty() || !choice.cameras.empty() || !choice.tags.empty();
    if (choice.ids.empty() && !described)
        throw Error(Category::usage, "Which clips?",
                    "Give their numbers, as `dadcam clips` lists them, or --event or --camera.");
    if (!choice.ids.empty() && (described || choice.from || choice.until))
        throw Error(Category::usage, "Clips are named by their numbers or chosen by --event and --camera, not both.",
                    "Use one or the other.");
}

Wanted read(const ClipTimeArguments& arguments) {
    check_choice(arguments.clips);
    const int changes = (arguments.at.empty() ? 0 : 1) + (arguments.shift.empty() ? 0 : 1) + (arguments.reset ? 1 : 0);
    if (changes > 1 || (arguments.reset && !arguments.zone.empty()))
        throw Error(Category::usage, "--at, --shift and --reset cannot be combined.", "Give one of them.");
    if (changes == 0 && arguments.zone.empty())
        throw Error(Category::usage, "What should be changed?",
                    "For example: --shift +1h30m, --at \"2004-12-24 18:00\", --zone Asia/Tokyo or --reset");
    Wanted wanted;
    if (!arguments.at.empty()) {
        wanted.at = parse_time(arguments.at);
        if (!wanted.at)
            throw Error(Category::usage, fmt::format("\"{}\" is not a time.", arguments.at),
                        "Write it as \"2004-12-24 18:00\".");
    }
    if (!arguments.shift.empty()) wanted.correction.shift = footage::parse_shift(arguments.shift);
    if (!arguments.zone.empty()) wanted.correction.zone = Zone::named(arguments.zone);
    return wanted;
}

/// In the order of recording.
std::vector<footage::Clip> chosen(library::Library& library, const ClipChoice& choice) {
    if (choice.ids.empty()) return filtered(library, choice);
    auto clips = named_clips(library, choice.ids);
    std::stable_sort(clips.begin(), clips.end(),
                     [](const auto& a, const auto& b) { return a.recorded.time < b.recorded.time; });
    return clips;
}

std::vector<Change> changes_of(library::Library& library, const ClipTimeArguments& arguments, Wanted wanted) {
    auto clips = chosen(library, arguments.clips);
    if (clips.empty())
        throw Error(Category::general, "There are no such clips.", "`dadcam clips` lists what there is.");
    const auto zone = library::zone_of(library);
    if (wanted.at) {
        const auto by_wall = footage::correction_to(*wanted.at, clips.front().recorded, zone);
        wanted.correction.shift = by_wall.shift;
        wanted.correction.at_wall = by_wall.at_wall;
        wanted.correction.offset = by_wall.offset;
    }
    std::vector<Change> changes;
    for (auto& clip : clips) {
        auto after = arguments.reset ? library::found_date(library, clip.id)
                                     : footage::corrected(clip.recorded, wanted.correction, zone);
        if (!(after == clip.recorded)) changes.push_back({std::move(clip), std::move(after)});
    }
    return changes;
}

void record(library::Library& library, const std::vector<Change>& changes, bool reset) {
    SQLite::Transaction transaction(library.database(), SQLite::TransactionBehavior::IMMEDIATE);
    for (const auto& [clip, after] : changes) {
        if (reset)
            library::forget_correction(library, clip);
        else
            library::correct_date(library, clip, after);
    }
    transaction.commit();
}

void print(Context& context, const std::vector<Change>& changes, const Zone& zone, bool dry_run) {
    if (context.options.json) {
        Json document = Json::array();
        for (const auto& [clip, after] : changes)
            document.push_back({{"id", clip.id},
                                {"path", clip.path},
                                {"before", recorded_json(clip.recorded, zone)},
                                {"after", recorded_json(after, zone)}});
        return print_json(context, document);
    }
    if (dry_run && !changes.empty()) {
        Table table({{"id", Align::right}, {"before"}, {"after"}, {"file", Align::left, true}});
        for (const auto& [clip, after] : changes)
            table.add_row({fmt::format("{}", clip.id), footage::local_text(clip.recorded, zone),
                           footage::local_text(after, zone), clip.path});
        table.write(context.terminal);
    }
    const auto count = changes.size();
    say(context, fmt::format("{} {} clip{}", dry_run ? "Would date" : "Dated", count, count == 1 ? "" : "s"));
}

int clip_time(Context& context, const ClipTimeArguments& arguments) {
    const auto wanted = read(arguments);
    auto library = open_library(context, arguments.dry_run ? library::Access::read : library::Access::write);
    const auto changes = changes_of(library, arguments, wanted);
    if (!arguments.dry_run) record(library, changes, arguments.reset);
    print(context, changes, library::zone_of(library), arguments.dry_run);
    return 0;
}

}  // namespace

Action declare_clip_time(Declaration command) {
    auto arguments = std::make_shared<ClipTimeArguments>();
    auto& a = *arguments;
    command.add_option("CLIP", a.clips.ids, "Ids, as `dadcam clips` lists them");
    declare_filters(command, a.clips);
    command.add_option("--at", a.at,
                       "When the first of them was recorded: \"2004-12-24 18:00\"; the others move with it");
    command.add_option("--shift", a.shift, "Move their times by this much: +1h30m, -1h5m, +1d, -2y, +3mo");
    command.add_option("--zone", a.zone, "Their clock was set to this time zone: Europe/Berlin").offers(Offered::zones);
    command.add_flag("--reset", a.reset, "Undo earlier corrections");
    command.add_flag("-n,--dry-run", a.dry_run, "Show the times before and after, without changing anything");
    return [arguments](Context& context) { return clip_time(context, *arguments); };
}

}  // namespace dadcam::app
