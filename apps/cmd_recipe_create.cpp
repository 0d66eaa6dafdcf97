#include <fmt/format.h>

#include <algorithm>
#include <apps/clip_choice.hpp>
#include <apps/commands.hpp>
#include <apps/recipe_text.hpp>
#include <cmath>
#include <libdadcam/library/clip_store.hpp>
#include <libdadcam/library/lut_store.hpp>
#include <libdadcam/process/tools.hpp>
#include <libdadcam/recipe/preset.hpp>
#include <libdadcam/render/music.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

struct RecipeCreateArguments {
    std::string name;
    std::string mode;
    ClipChoice choice;
    std::vector<std::string> include;
    std::string order = "chronological";
    std::uint64_t seed = 1;
    std::string preset = "share";
    double max_clip_seconds = 0;
    std::string transition = "hard_cut";
    std::int64_t transition_ms = 500;
    std::string fit = "pad";
    std::string lut;
    bool date_overlay = false;
    std::string date_format = "%Y-%m-%d";
    std::string date_position = "bottom_right";
    double date_seconds = 0;
    std::string resolution = "auto";
    std::string rate = "auto";
    std::string loudness;
    std::vector<std::string> music;
    bool music_once = false;
    double music_level = recipe::SoundMix().music_level;
    double duck = recipe::SoundMix().duck;
    std::string clip_sound = "on";
};

recipe::DateOverlay read_overlay(const RecipeCreateArguments& arguments) {
    recipe::DateOverlay overlay{arguments.date_format, recipe::parse_corner(arguments.date_position), {}};
    if (arguments.date_seconds > 0) {
        overlay.milliseconds = static_cast<std::int64_t>(std::llround(std::min(arguments.date_seconds, 1e6) * 1000));
    }
    return overlay;
}

/// A film to be shared is as loud throughout as such films are; an archive is what was recorded.
std::optional<double> usual_loudness(const std::string& preset) {
    constexpr double kShared = -16;
    return preset == "share" ? std::optional(kShared) : std::nullopt;
}

recipe::SoundMix read_sound(const RecipeCreateArguments& arguments) {
    recipe::SoundMix mix;
    mix.loudness =
        arguments.loudness.empty() ? usual_loudness(arguments.preset) : recipe::parse_loudness(arguments.loudness);
    mix.music = arguments.music;
    mix.music_once = arguments.music_once;
    mix.music_level = arguments.music_level;
    mix.duck = arguments.duck;
    mix.clip_sound = arguments.clip_sound != "off";
    return mix;
}

/// Everything that can be said without the library.
recipe::Recipe read(const RecipeCreateArguments& arguments) {
    recipe::Recipe recipe;
    recipe.name = arguments.name;
    recipe.mode = recipe::parse_mode(arguments.mode);
    narrow(recipe, arguments.choice);
    recipe.include = arguments.include;
    recipe.order = recipe::parse_order(arguments.order);
    recipe.seed = arguments.seed;
    recipe.preset = arguments.preset;
    if (arguments.max_clip_seconds != 0) {
        if (!std::isfinite(arguments.max_clip_seconds) || arguments.max_clip_seconds > 1e6) {
            throw Error(Category::usage, "--max-clip-secs is not a sensible number of seconds.", "For example: 10");
        }
        recipe.max_clip_ms = static_cast<std::int64_t>(std::llround(arguments.max_clip_seconds * 1000));
    }
    recipe.transition = recipe::parse_transition(arguments.transition);
    if (recipe.transition == recipe::Transition::crossfade) recipe.transition_ms = arguments.transition_ms;
    recipe.fit = recipe::parse_fit(arguments.fit);
    if (!arguments.lut.empty()) recipe.lut = arguments.lut;
    if (arguments.date_overlay) recipe.date_overlay = read_overlay(arguments);
    recipe.resolution = recipe::parse_resolution(arguments.resolution);
    recipe.rate = recipe::parse_rate(arguments.rate);
    recipe.sound = read_sound(arguments);
    recipe::validate(recipe);
    return recipe;
}

void require_known(const std::vector<std::string>& asked,
                   const std::vector<std::pair<std::string, std::int64_t>>& known, const char* what) {
    for (const auto& name : asked) {
        if (std::any_of(known.begin(), known.end(), [&](const auto& row) { return row.first == name; })) continue;
        throw Error(Category::general, fmt::format("No clip has the {} \"{}\".", what, name),
                    fmt::format("`dadcam clips --{}s` lists the {}s there are.", what, what));
    }
}

int create(Context& context, recipe::Recipe recipe) {
    auto library = open_library(context, library::Access::write);
    for (auto& piece : recipe.sound.music) piece = library.stored((context.folder / piece).lexically_normal());
    if (!recipe.sound.music.empty()) {
        const auto paths = tool_paths(context);
        render::require_music(library, recipe.sound.music, process::find_tool(paths.ffprobe, paths.search_path),
                              context.stop);
    }
    require_known(recipe.events, library::events(library), "event");
    require_known(recipe.cameras, library::cameras(library), "camera");
    require_known(recipe.tags, library::tags(library), "tag");
    if (recipe.lut) library::find_lut(library, *recipe.lut);
    const auto selected = library::selected_clips(library, recipe).size();
    if (selected == 0) {
        throw Error(Category::general, "This recipe selects no clips.",
                    "`dadcam clips` lists what there is, with dates, events and tags. Nothing was written.");
    }
    const auto id = library::add_recipe(library, recipe);
    if (context.options.json) {
        auto document = recipe_json(library::find_recipe(library, fmt::format("{}", id)));
        document["selectedClips"] = selected;
        print_json(context, document);
    } else {
        say(context,
            fmt::format("Made recipe {} \"{}\": {} clip{}", id, recipe.name, selected, selected == 1 ? "" : "s"));
        remark(context, fmt::format("Make the film with: dadcam export {}", id));
    }
    return 0;
}

}  // namespace

Action declare_recipe_create(Declaration command) {
    auto arguments = std::make_shared<RecipeCreateArguments>();
    auto& a = *arguments;
    command.add_option("NAME", a.name, "The recipe's name").required();
    command.add_option("--mode", a.mode, "all, by_date, by_event or by_favorites")
        .required()
        .offers({"all", "by_date", "by_event", "by_favorites"});
    declare_filters(command, a.choice);
    command.add_option("--include", a.include, "bad or archived: include such clips anyway")
        .one_value_each()
        .offers({"bad", "archived"});
    command.add_option("--order", a.order, "chronological or shuffle")
        .show_default()
        .offers({"chronological", "shuffle"});
    command.add_option("--seed", a.seed, "For a shuffle: the same seed gives the same order").show_default();
    command.add_option("--preset", a.preset, "share (H.264) or archive (ProRes)")
        .show_default()
        .offers({"share", "archive"});
    command.add_option("--transition", a.transition, "hard_cut or crossfade")
        .show_default()
        .offers({"hard_cut", "crossfade"});
    command.add_option("--transition-ms", a.transition_ms, "Length of a crossfade in milliseconds").show_default();
    command.add_option("--fit", a.fit, "Pictures of another shape: pad (bars), blur (over a blurred copy) or crop")
        .show_default()
        .offers({"pad", "blur", "crop"});
    command.add_option("--lut", a.lut, "Apply this LUT, as `dadcam lut-list` names it").offers(Offered::luts);
    command.add_flag("--date-overlay", a.date_overlay, "Draw the recorded date into each clip");
    command.add_option("--date-format", a.date_format, "A strftime(3) format, for example \"%d %B %Y\"").show_default();
    command.add_option("--date-position", a.date_position, "top_left, top_right, bottom_left or bottom_right")
        .show_default()
        .offers({"top_left", "top_right", "bottom_left", "bottom_right"});
    command.add_option("--date-seconds", a.date_seconds, "Show it only for this many seconds of each clip").positive();
    command.add_option("--max-clip-secs", a.max_clip_seconds, "Use at most this many seconds of each clip").positive();
    command.add_option("--resolution", a.resolution, "1920x1080; auto: what most of the footage has")
        .show_default()
        .offers({"auto", "1280x720", "1920x1080", "3840x2160"});
    command.add_option("--fps", a.rate, "25, 29.97, 30000/1001; auto: what most of the footage has")
        .show_default()
        .offers({"auto", "24", "25", "29.97", "30", "50", "59.94", "60"});
    command.add_option("--loudness", a.loudness, "LUFS that each clip is brought to, or off; usually -16 for share")
        .offers({"-16", "-23", "off"});
    command.add_option("--music", a.music, "Play this music, one piece after the other").offers(Offered::files);
    command.add_flag("--music-once", a.music_once, "Not over and over until the film ends");
    command.add_option("--music-level", a.music_level, "How loud the music is, in LUFS").show_default();
    command.add_option("--duck", a.duck, "Decibels by which it sinks under clips that have something to say")
        .show_default();
    command.add_option("--clip-sound", a.clip_sound, "off: the music alone is heard").one_of({"on", "off"});
    return [arguments](Context& context) { return create(context, read(*arguments)); };
}

}  // namespace dadcam::app
