#include <fmt/format.h>

#include <algorithm>
#include <apps/recipe_options.hpp>
#include <cmath>
#include <libdadcam/language.hpp>
#include <libdadcam/library/lut_store.hpp>
#include <libdadcam/process/tools.hpp>
#include <libdadcam/recipe/preset.hpp>
#include <libdadcam/render/music.hpp>

namespace dadcam::app {

struct RecipeOptions::Values {
    std::string mode;
    ClipChoice choice;
    std::vector<std::string> include;
    std::string order = "chronological", preset = "share";
    std::uint64_t seed = 1;
    double max_clip_seconds = 0;
    bool whole_clips = false;
    std::string transition = "hard_cut";
    std::int64_t transition_ms = 500;
    std::string fit = "pad", lut, resolution = "auto", rate = "auto";
    bool date_overlay = false, no_date_overlay = false;
    std::string date_format = "%Y-%m-%d", date_position = "bottom_right";
    double date_seconds = 0;
    std::string title, subtitle, cards = "none", card_style = "black", language;
    double title_seconds = 4, card_seconds = 2.5;
    std::string chapters = "day", captions = "none";
    std::string loudness, clip_sound = "on";
    std::vector<std::string> music;
    bool music_once = false, music_again = false;
    double music_level = recipe::SoundMix().music_level, duck = recipe::SoundMix().duck;
};

namespace {

constexpr std::int64_t kUsualFadeMs = 500;

constexpr double kMostSeconds = 1e6;

std::int64_t milliseconds(double seconds) {
    return std::llround(std::min(seconds, kMostSeconds) * 1000);
}

void require_known(const std::vector<std::string>& asked, const std::vector<std::string>& before,
                   const std::vector<std::pair<std::string, std::int64_t>>& known, const char* what) {
    for (const auto& name : asked) {
        if (std::find(before.begin(), before.end(), name) != before.end()) continue;
        if (std::any_of(known.begin(), known.end(), [&](const auto& row) { return row.first == name; })) continue;
        throw Error(Category::general, fmt::format("No clip has the {} \"{}\".", what, name),
                    fmt::format("`dadcam clips --{}s` lists the {}s there are.", what, what));
    }
}

/// With another mode a list goes, which says by itself what is in the film.
void set_mode(recipe::Recipe& recipe, recipe::Mode mode) {
    if (mode == recipe::Mode::list && recipe.list.empty()) {
        throw Error(Category::usage, "A new recipe cannot begin as a list.",
                    "Create it with another mode, then edit it with: dadcam recipe-edit RECIPE");
    }
    recipe.mode = mode;
    if (mode == recipe::Mode::list) return;
    recipe.list.clear();
    recipe.listed_from.reset();
}

/// A title's card, where there is one or is to be.
recipe::Card& title_of(recipe::Recipe& recipe) {
    constexpr std::int64_t kUsualMs = 4000;
    auto& title = recipe.labels.title;
    if (!title) title = recipe::Card{{}, {}, kUsualMs, recipe.labels.card_style};
    return *title;
}

}  // namespace

RecipeOptions::RecipeOptions() : values_(std::make_unique<Values>()) {}
RecipeOptions::~RecipeOptions() = default;

bool RecipeOptions::any_given() const {
    return std::any_of(options_.begin(), options_.end(),
                       [](const Option& option) { return option.argument.given(); }) ||
           narrows(values_->choice);
}

bool RecipeOptions::says_mode() const {
    return !values_->mode.empty();
}

bool RecipeOptions::says_loudness() const {
    return !values_->loudness.empty();
}

void RecipeOptions::declare(Declaration& command) {
    auto& v = *values_;
    using recipe::Recipe;
    add(command.add_option("--mode", v.mode, "all, by_date, by_event or by_favorites")
            .offers({"all", "by_date", "by_event", "by_favorites"}),
        [&v](Recipe& r) { set_mode(r, recipe::parse_mode(v.mode)); });
    declare_filters(command, v.choice);
    add(command.add_option("--include", v.include, "bad or archived: include such clips anyway")
            .one_value_each()
            .offers({"bad", "archived"}),
        [&v](Recipe& r) {
            r.include = v.include;
            std::erase(r.include, std::string());
        });
    add(command.add_option("--order", v.order, "chronological or shuffle")
            .show_default()
            .offers({"chronological", "shuffle"}),
        [&v](Recipe& r) { r.order = recipe::parse_order(v.order); });
    add(command.add_option("--seed", v.seed, "For a shuffle: the same seed gives the same order").show_default(),
        [&v](Recipe& r) { r.seed = v.seed; });
    add(command
            .add_option("--preset", v.preset,
                        "share (H.264), archive (ProRes) or original (the clips' own pictures, copied)")
            .show_default()
            .offers({"share", "archive", "original"}),
        [&v](Recipe& r) { r.preset = v.preset; });
    declare_pictures(command);
    declare_labels(command);
    declare_sound(command);
}

void RecipeOptions::declare_pictures(Declaration& command) {
    auto& v = *values_;
    using recipe::Recipe;
    add(command.add_option("--transition", v.transition, "hard_cut or crossfade")
            .show_default()
            .offers({"hard_cut", "crossfade"}),
        [&v](Recipe& r) {
            r.transition = recipe::parse_transition(v.transition);
            const bool fades = r.transition == recipe::Transition::crossfade;
            r.transition_ms = !fades ? 0 : r.transition_ms > 0 ? r.transition_ms : kUsualFadeMs;
        });
    add(command.add_option("--transition-ms", v.transition_ms, "Length of a crossfade in milliseconds").show_default(),
        [&v](Recipe& r) {
            if (r.transition == recipe::Transition::crossfade) r.transition_ms = v.transition_ms;
        });
    add(command.add_option("--fit", v.fit, "Pictures of another shape: pad (bars), blur (over a blurred copy) or crop")
            .show_default()
            .offers({"pad", "blur", "crop"}),
        [&v](Recipe& r) { r.fit = recipe::parse_fit(v.fit); });
    add(command.add_option("--lut", v.lut, "Apply this LUT, as `dadcam lut-list` names it").offers(Offered::luts),
        [&v](Recipe& r) { r.lut = v.lut.empty() ? std::nullopt : std::optional(v.lut); });
    add(command.add_flag("--date-overlay", v.date_overlay, "Draw the recorded date into each clip"),
        [](Recipe& r) { r.date_overlay = r.date_overlay.value_or(recipe::DateOverlay()); });
    add(command.add_flag("--no-date-overlay", v.no_date_overlay, "Do not draw the date"),
        [](Recipe& r) { r.date_overlay.reset(); });
    add(command.add_option("--date-format", v.date_format, "A strftime(3) format, for example \"%d %B %Y\"")
            .show_default(),
        [&v](Recipe& r) {
            if (r.date_overlay) r.date_overlay->format = v.date_format;
        });
    add(command.add_option("--date-position", v.date_position, "top_left, top_right, bottom_left or bottom_right")
            .show_default()
            .offers({"top_left", "top_right", "bottom_left", "bottom_right"}),
        [&v](Recipe& r) {
            const auto corner = recipe::parse_corner(v.date_position);
            if (r.date_overlay) r.date_overlay->corner = corner;
        });
    add(command.add_option("--date-seconds", v.date_seconds, "Show it only for this many seconds of each clip")
            .positive(),
        [&v](Recipe& r) {
            if (r.date_overlay) r.date_overlay->milliseconds = milliseconds(v.date_seconds);
        });
    add(command.add_option("--max-clip-secs", v.max_clip_seconds, "Use at most this many seconds of each clip")
            .positive(),
        [&v](Recipe& r) { r.max_clip_ms = milliseconds(v.max_clip_seconds); });
    add(command.add_flag("--whole-clips", v.whole_clips, "Use all of each clip (the default)"),
        [](Recipe& r) { r.max_clip_ms.reset(); });
    add(command.add_option("--resolution", v.resolution, "1920x1080; auto: what most of the footage has")
            .show_default()
            .offers({"auto", "1280x720", "1920x1080", "3840x2160"}),
        [&v](Recipe& r) { r.resolution = recipe::parse_resolution(v.resolution); });
    add(command.add_option("--fps", v.rate, "25, 29.97, 30000/1001; auto: what most of the footage has")
            .show_default()
            .offers({"auto", "24", "25", "29.97", "30", "50", "59.94", "60"}),
        [&v](Recipe& r) { r.rate = recipe::parse_rate(v.rate); });
}

void RecipeOptions::declare_labels(Declaration& command) {
    auto& v = *values_;
    using recipe::Recipe;
    add(command.add_option("--title", v.title, "A card with this text before the first clip"), [&v](Recipe& r) {
        if (v.title.empty())
            r.labels.title.reset();
        else
            title_of(r).title = v.title;
    });
    add(command.add_option("--subtitle", v.subtitle, "A smaller text below the title"), [&v](Recipe& r) {
        if (r.labels.title || !v.subtitle.empty()) title_of(r).subtitle = v.subtitle;
        if (r.labels.title && r.labels.title->title.empty() && v.subtitle.empty()) r.labels.title.reset();
    });
    add(command.add_option("--title-secs", v.title_seconds, "How long the title is shown, in seconds")
            .show_default()
            .positive(),
        [&v](Recipe& r) {
            if (r.labels.title) r.labels.title->milliseconds = milliseconds(v.title_seconds);
        });
    add(command.add_option("--cards", v.cards, "A card before each day's or event's first clip: none, day or event")
            .show_default()
            .offers({"none", "day", "event"}),
        [&v](Recipe& r) { r.labels.cards = recipe::parse_part(v.cards); });
    add(command.add_option("--card-secs", v.card_seconds, "How long each of these cards is shown, in seconds")
            .show_default()
            .positive(),
        [&v](Recipe& r) { r.labels.card_ms = milliseconds(v.card_seconds); });
    add(command
            .add_option("--card-style", v.card_style,
                        "Behind the text: black, or blur (the next clip's first picture, blurred)")
            .show_default()
            .offers({"black", "blur"}),
        [&v](Recipe& r) {
            r.labels.card_style = recipe::parse_card_style(v.card_style);
            if (r.labels.title) r.labels.title->style = r.labels.card_style;
        });
    add(command.add_option("--chapters", v.chapters, "A chapter for each day, event or clip, or none")
            .show_default()
            .offers({"day", "event", "clip", "none"}),
        [&v](Recipe& r) { r.labels.chapters = recipe::parse_part(v.chapters); });
    add(command.add_option("--captions", v.captions, "Subtitles that a player can switch on: none, date or event")
            .show_default()
            .offers({"none", "date", "event"}),
        [&v](Recipe& r) { r.labels.captions = recipe::parse_captions(v.captions); });
    add(command.add_option("--language", v.language,
                           "Language of dates on cards, in chapters and in captions: en, de, pt-BR"),
        [&v](Recipe& r) { r.labels.language = v.language; });
}

void RecipeOptions::declare_sound(Declaration& command) {
    auto& v = *values_;
    using recipe::Recipe;
    add(command
            .add_option("--loudness", v.loudness,
                        "Bring each clip to this loudness in LUFS, or off (default: -16 for share, else off)")
            .offers({"-16", "-23", "off"}),
        [&v](Recipe& r) { r.sound.loudness = recipe::parse_loudness(v.loudness); });
    add(command.add_option("--music", v.music, "Play these files, one after the other").offers(Offered::files),
        [&v](Recipe& r) {
            r.sound.music = v.music;
            std::erase(r.sound.music, std::string());
        });
    add(command.add_flag("--music-once", v.music_once, "Play each file only once"),
        [](Recipe& r) { r.sound.music_once = true; });
    add(command.add_flag("--music-again", v.music_again, "Play them over and over until the film ends (the default)"),
        [](Recipe& r) { r.sound.music_once = false; });
    add(command.add_option("--music-level", v.music_level, "How loud the music is, in LUFS").show_default(),
        [&v](Recipe& r) { r.sound.music_level = v.music_level; });
    add(command
            .add_option("--duck", v.duck, "By how many decibels the music sinks under clips that have something to say")
            .show_default(),
        [&v](Recipe& r) { r.sound.duck = v.duck; });
    add(command.add_option("--clip-sound", v.clip_sound, "on, or off: only the music is heard")
            .show_default()
            .one_of({"on", "off"}),
        [&v](Recipe& r) { r.sound.clip_sound = v.clip_sound == "on"; });
}

void RecipeOptions::change(recipe::Recipe& recipe) const {
    narrow(recipe, values_->choice);
    for (const auto& option : options_)
        if (option.argument.given()) option.change(recipe);
    recipe::validate(recipe);
}

recipe::Recipe new_recipe(const Context& context) {
    recipe::Recipe recipe;
    recipe.seed = 1;
    recipe.labels.chapters = recipe::Part::day;
    recipe.labels.metadata = true;
    for (const char* name : {"LC_ALL", "LC_TIME", "LANG"}) {
        const auto locale = context.terminal.variable(name);
        if (!locale || locale->empty()) continue;
        recipe.labels.language = language_of_locale(*locale);
        break;
    }
    return recipe;
}

void look_up(const Context& context, library::Library& library, recipe::Recipe& recipe, const recipe::Recipe& before) {
    require_known(recipe.events, before.events, library::events(library), "event");
    require_known(recipe.cameras, before.cameras, library::cameras(library), "camera");
    require_known(recipe.tags, before.tags, library::tags(library), "tag");
    if (recipe.lut && recipe.lut != before.lut) library::find_lut(library, *recipe.lut);
    auto& music = recipe.sound.music;
    if (music == before.sound.music) return;
    for (auto& piece : music) piece = library.stored((context.folder / piece).lexically_normal());
    const auto paths = tool_paths(context);
    render::require_music(library, music, process::find_tool(paths.ffprobe, paths.search_path), context.stop);
}

}  // namespace dadcam::app
