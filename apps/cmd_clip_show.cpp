#include <fmt/format.h>
#include <fmt/ranges.h>

#include <apps/clip_choice.hpp>
#include <apps/clip_text.hpp>
#include <apps/commands.hpp>
#include <apps/render/format.hpp>
#include <libdadcam/footage/side_file.hpp>
#include <libdadcam/library/time_zone.hpp>
#include <libdadcam/render/clip_pictures.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

using Json = nlohmann::ordered_json;

std::string date_line(const footage::RecordedAt& recorded, const Zone& zone) {
    return fmt::format("{} ({} UTC), from {}", footage::local_text(recorded, zone), recorded.time,
                       from_where(recorded));
}

/// What the file says, whichever of it was believed.
Json told_json(const footage::Facts& facts) {
    Json told = Json::object();
    if (facts.creation_date) told["creationDate"] = *facts.creation_date;
    if (facts.date_recorded) told["dateRecorded"] = *facts.date_recorded;
    if (facts.creation_time) told["creationTime"] = *facts.creation_time;
    if (!facts.camera.make.empty()) told["make"] = facts.camera.make;
    if (!facts.camera.model.empty()) told["model"] = facts.camera.model;
    if (!facts.camera.serial.empty()) told["serial"] = facts.camera.serial;
    if (!facts.camera.firmware.empty()) told["firmware"] = facts.camera.firmware;
    return told;
}

/// What the files beside it say, which need not agree: the first is believed, if any of them is.
Json beside_json(const library::Library& library, const footage::Clip& clip, const Zone& zone) {
    Json all = Json::array();
    for (const auto& [told, file] : footage::dates_beside(library.located(clip.path))) {
        const auto recorded = footage::recorded(told.moment, "side_file", told.day_only, zone);
        if (!recorded) continue;
        auto row = recorded_json(*recorded, zone);
        row["path"] = file.string();
        all.push_back(std::move(row));
    }
    return all;
}

/// As a .MOI says it.
const char* shape_of(const footage::Facts& facts) {
    return *facts.wide ? "16:9" : "4:3";
}

std::string sound_of(const footage::Facts& facts) {
    if (!facts.sound) return "none";
    return fmt::format("{}, {} Hz, {} channel{}", facts.sound->codec, facts.sound->sample_rate, facts.sound->channels,
                       facts.sound->channels == 1 ? "" : "s");
}

void print(Context& context, const library::Library& library, const footage::Clip& clip,
           const footage::RecordedAt& found, const Zone& zone) {
    const auto& facts = clip.facts;
    say(context, fmt::format("Clip {}: {}{}", clip.id, library.located(clip.path).string(),
                             is_missing(library, clip) ? " (not there)" : ""));
    say(context, fmt::format("Recorded: {}", date_line(clip.recorded, zone)));
    if (!(found == clip.recorded)) say(context, fmt::format("Found:    {}", date_line(found, zone)));
    const auto told = told_json(facts);
    for (const auto& [name, value] : told.items())
        say(context, fmt::format("          the file says {}: {}", name, value.get<std::string>()));
    for (const auto& row : beside_json(library, clip, zone))
        say(context, fmt::format("          beside it says {}: {}", row["path"].get<std::string>(),
                                 row["recordedLocal"].get<std::string>()));
    say(context, fmt::format("Camera:   {}", clip.camera.empty() ? "not known" : clip.camera));
    say(context, fmt::format("Event:    {}", clip.event));
    say(context,
        fmt::format("Tags:     {}", clip.tags.empty() ? "none" : fmt::format("{}", fmt::join(clip.tags, ", "))));
    say(context, fmt::format("Length:   {}", length_of(facts)));
    say(context, fmt::format("Picture:  {}, {}x{}, pixels {}, {} a second, {}, turned by {}°", facts.codec, facts.width,
                             facts.height, to_string(facts.sample_aspect), to_string(facts.rate), facts.field_order,
                             facts.rotation));
    if (facts.wide) say(context, fmt::format("          the .MOI beside it says {}", shape_of(facts)));
    say(context, fmt::format("Colour:   {}, {}, {}, {}", facts.color_primaries, facts.color_transfer, facts.color_space,
                             facts.color_range));
    say(context, fmt::format("Sound:    {}", sound_of(facts)));
    if (const auto pictures = render::pictures_of(library, clip); !pictures.empty())
        say(context, fmt::format("Pictures: {}", pictures.string()));
    say(context,
        fmt::format("File:     {}, {}, {}", facts.container, file_size(clip.state.size_bytes), clip.content_id));
}

int show_clip(Context& context, std::int64_t id) {
    auto library = open_library(context, library::Access::read);
    const auto clip = named_clips(library, {id}).front();
    const auto found = library::found_date(library, id);
    const auto zone = library::zone_of(library);
    if (!context.options.json) {
        print(context, library, clip, found, zone);
        return 0;
    }
    auto document = clip_json(library, clip, zone);
    document["missing"] = is_missing(library, clip);
    document["found"] = recorded_json(found, zone);
    document["told"] = told_json(clip.facts);
    document["beside"] = beside_json(library, clip, zone);
    if (clip.facts.wide) document["aspectBeside"] = shape_of(clip.facts);
    const auto pictures = render::pictures_of(library, clip);
    document["picturesPath"] = pictures.empty() ? Json() : Json(pictures.string());
    document["container"] = clip.facts.container;
    document["colorPrimaries"] = clip.facts.color_primaries;
    document["colorSpace"] = clip.facts.color_space;
    document["colorRange"] = clip.facts.color_range;
    document["sound"] = clip.facts.sound ? Json{{"codec", clip.facts.sound->codec},
                                                {"sampleRate", clip.facts.sound->sample_rate},
                                                {"channels", clip.facts.sound->channels}}
                                         : Json();
    print_json(context, document);
    return 0;
}

}  // namespace

Action declare_clip_show(Declaration command) {
    auto clip = std::make_shared<std::int64_t>(0);
    command.add_option("CLIP", *clip, "Its id, as `dadcam clips` lists it").required();
    return [clip](Context& context) { return show_clip(context, *clip); };
}

}  // namespace dadcam::app
