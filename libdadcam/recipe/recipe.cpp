#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <libdadcam/error.hpp>
#include <libdadcam/recipe/names.hpp>
#include <libdadcam/recipe/preset.hpp>
#include <libdadcam/recipe/recipe.hpp>
#include <libdadcam/time.hpp>
#include <utility>

namespace dadcam::recipe {
namespace {

constexpr std::array<std::pair<Mode, std::string_view>, 5> kModes{{{Mode::all, "all"},
                                                                   {Mode::by_date, "by_date"},
                                                                   {Mode::by_event, "by_event"},
                                                                   {Mode::by_favorites, "by_favorites"},
                                                                   {Mode::list, "list"}}};
constexpr std::array<std::pair<Order, std::string_view>, 2> kOrders{
    {{Order::chronological, "chronological"}, {Order::shuffle, "shuffle"}}};

constexpr std::array<std::pair<Transition, std::string_view>, 2> kTransitions{
    {{Transition::hard_cut, "hard_cut"}, {Transition::crossfade, "crossfade"}}};
constexpr std::array<std::pair<Fit, std::string_view>, 3> kFits{
    {{Fit::pad, "pad"}, {Fit::blur, "blur"}, {Fit::crop, "crop"}}};
constexpr std::array<std::pair<Corner, std::string_view>, 4> kCorners{{{Corner::top_left, "top_left"},
                                                                       {Corner::top_right, "top_right"},
                                                                       {Corner::bottom_left, "bottom_left"},
                                                                       {Corner::bottom_right, "bottom_right"}}};

constexpr std::int64_t kLongestTransition = 60'000;  // milliseconds: a fade lies within one segment
constexpr int kSmallestSide = 16;
constexpr int kLargestSide = 8192;
constexpr std::size_t kLongestName = 200;  // bytes

[[noreturn]] void refuse(std::string message, std::string advice) {
    throw Error(Category::usage, std::move(message), std::move(advice));
}

/// A time, or a date or a minute whose first or last second is meant.
std::string parse_bound(std::string_view text, bool last) {
    using namespace std::chrono;
    constexpr std::size_t kDay = 10, kMinute = 16;
    if (const auto time = parse_time(text)) {
        if (time->offset) {
            // It can lead out of the years 0000 to 9999; times are compared as text and need them.
            auto instant = format_utc(sys_seconds{time->wall.time_since_epoch() - *time->offset});
            if (parse_utc(instant)) return instant;
        } else {
            const seconds named = text.size() == kDay ? days{1} : text.size() == kMinute ? minutes{1} : seconds{1};
            return format_wall(last ? time->wall + named - seconds{1} : time->wall);
        }
    }
    const std::string padded = text.size() == 4 ? fmt::format("{}-01-01", text) : fmt::format("{}-01", text);
    const auto start = text.size() == 4 || text.size() == 7 ? parse_time(padded) : std::nullopt;
    if (!start) refuse(fmt::format("\"{}\" is not a date.", text), "Write it as 2019-07-14, 2019-07 or 2019.");
    if (!last) return format_wall(start->wall);
    const year_month_day first{floor<days>(start->wall)};
    const auto next = text.size() == 4 ? year_month_day{first + years{1}} : year_month_day{first + months{1}};
    return format_wall(local_days{next} - seconds{1});
}

/// A list alone says what is in the film.
void validate_list(const Recipe& recipe) {
    constexpr std::size_t kMostListed = 100'000;
    if (recipe.list.size() > kMostListed) refuse("The list is too long.", "Use at most 100,000 lines.");
    const bool shows_a_clip = std::any_of(recipe.list.begin(), recipe.list.end(),
                                          [](const auto& entry) { return std::holds_alternative<ListedClip>(entry); });
    if (recipe.mode != Mode::list) {
        if (!recipe.list.empty()) refuse("Only a recipe of mode list has a list.", "Use --mode list.");
        return;
    }
    if (!shows_a_clip) refuse("The list has no clip.", "Keep at least one line that begins with clip.");
    if (recipe.listed_from == Mode::list) refuse("A list is not made from a list.", "Use another mode.");
    if (recipe.labels.title || recipe.labels.cards != Part::none || recipe.max_clip_ms) {
        refuse("This recipe has an edit list: its cards, and the parts of its clips, are lines of the list.",
               "Edit them with: dadcam recipe-edit RECIPE");
    }
}

/// Pictures that are copied stay as they are; but not all of them have to be shown.
void require_copyable(const Recipe& recipe) {
    const auto is_card = [](const ListEntry& entry) { return std::holds_alternative<Card>(entry); };
    const std::array<std::pair<bool, const char*>, 8> changes{
        {{recipe.transition == Transition::crossfade, "--transition crossfade"},
         {recipe.labels.title.has_value(), "--title"},
         {recipe.labels.cards != Part::none, "--cards"},
         {std::any_of(recipe.list.begin(), recipe.list.end(), is_card), "a card in its list"},
         {recipe.lut.has_value(), "--lut"},
         {recipe.date_overlay.has_value(), "--date-overlay"},
         {recipe.fit != Fit::pad, "--fit"},
         {recipe.resolution || recipe.rate, "--resolution or --fps"}}};
    for (const auto& [is_asked_for, option] : changes) {
        if (!is_asked_for) continue;
        refuse(fmt::format("The preset original copies pictures as they are: it cannot be had with {}.", option),
               "Use the preset share or archive, or leave that out.");
    }
}

}  // namespace

std::string_view name(Mode mode) {
    return name_in(kModes, mode);
}
std::string_view name(Transition transition) {
    return name_in(kTransitions, transition);
}
std::string_view name(Fit fit) {
    return name_in(kFits, fit);
}
std::string_view name(Corner corner) {
    return name_in(kCorners, corner);
}
std::string_view name(Order order) {
    return name_in(kOrders, order);
}
Mode parse_mode(std::string_view text) {
    return value_in(kModes, text, "mode");
}
Transition parse_transition(std::string_view text) {
    return value_in(kTransitions, text, "transition");
}
Fit parse_fit(std::string_view text) {
    return value_in(kFits, text, "fit");
}
Corner parse_corner(std::string_view text) {
    return value_in(kCorners, text, "place for the date");
}
Order parse_order(std::string_view text) {
    return value_in(kOrders, text, "order");
}

std::optional<footage::Size> parse_resolution(std::string_view text) {
    if (text == "auto") return std::nullopt;
    footage::Size size;
    const auto read = [](std::string_view digits, int& value) {
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return error == std::errc{} && end == digits.data() + digits.size();
    };
    const auto cross = text.find('x');
    if (cross == std::string_view::npos || !read(text.substr(0, cross), size.width) ||
        !read(text.substr(cross + 1), size.height)) {
        refuse(fmt::format("\"{}\" is not a resolution.", text), "Write it as 1920x1080, or auto.");
    }
    const auto fits = [](int side) { return side >= kSmallestSide && side <= kLargestSide && side % 2 == 0; };
    if (!fits(size.width) || !fits(size.height)) {
        refuse(fmt::format("A film of {} cannot be made.", text),
               fmt::format("Each side must be an even number from {} to {}.", kSmallestSide, kLargestSide));
    }
    return size;
}

std::optional<Rational> parse_rate(std::string_view text) {
    if (text == "auto") return std::nullopt;
    const Rational rate = parse_rational(text);
    if (!rate.positive() || rate.value() < 1 || rate.value() > 240 || rate.den > 1001) {
        refuse(fmt::format("\"{}\" is not a frame rate.", text), "Write it as 25, 29.97 or 30000/1001, or auto.");
    }
    return rate;
}

std::string parse_from(std::string_view text) {
    return parse_bound(text, false);
}
std::string parse_until(std::string_view text) {
    return parse_bound(text, true);
}

std::string overlay_text(const DateOverlay& overlay, std::string_view recorded_at) {
    const auto time = parse_time(recorded_at);
    if (!time) refuse(fmt::format("\"{}\" is not a time.", recorded_at), "Add the clip again with: dadcam ingest");
    const std::time_t seconds = time->wall.time_since_epoch().count();
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 256> text{};
    // A leading mark tells an empty result from one that does not fit.
    const auto length = std::strftime(text.data(), text.size(), ("." + overlay.format).c_str(), &parts);
    if (length <= 1) {
        refuse(fmt::format("\"{}\" is not a date format.", overlay.format),
               "For example: \"%d %B %Y\" or \"%Y-%m-%d %H:%M\"");
    }
    return std::string(text.data() + 1, length - 1);
}

void validate(const Recipe& recipe) {
    if (recipe.name.empty()) refuse("A recipe needs a name.", "Give one: dadcam recipe-create \"Summer 2019\" …");
    if (recipe.name.size() > kLongestName) {
        refuse("The recipe's name is too long.", fmt::format("Use at most {} bytes.", kLongestName));
    }
    if (std::all_of(recipe.name.begin(), recipe.name.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        refuse(fmt::format("A recipe cannot be named \"{}\": numbers are ids.", recipe.name),
               "Add a letter to the name.");
    }
    for (const auto& bound : {recipe.from, recipe.until}) {
        if (bound && !parse_time(*bound))
            refuse(fmt::format("\"{}\" is not a date.", *bound), "Write it as 2019-07-14, 2019-07 or 2019.");
    }
    const auto is_instant = [](const std::string& bound) { return bound.ends_with('Z'); };
    if (recipe.from && recipe.until && is_instant(*recipe.from) == is_instant(*recipe.until) &&
        *recipe.from > *recipe.until) {
        refuse(fmt::format("--from ({}) is after --to ({}).", *recipe.from, *recipe.until), "Swap them.");
    }
    if (recipe.mode == Mode::by_date && !recipe.from && !recipe.until) {
        refuse("--mode by_date needs --from, --to or both.", "For example: --mode by_date --from 2019-07-01");
    }
    if (recipe.mode == Mode::by_event && recipe.events.empty()) {
        refuse("--mode by_event needs --event.", "`dadcam clips --events` lists the events there are.");
    }
    for (const auto& tag : recipe.include) {
        if (tag != "bad" && tag != "archived") {
            refuse(fmt::format("--include takes bad or archived, not \"{}\".", tag),
                   "Use --tag to ask for other tags.");
        }
    }
    if (recipe.max_clip_ms && *recipe.max_clip_ms <= 0) {
        refuse("--max-clip-secs leaves nothing of any clip.", "Give a number of seconds above 0.");
    }
    if (recipe.transition == Transition::crossfade &&
        (recipe.transition_ms <= 0 || recipe.transition_ms > kLongestTransition)) {
        refuse("--transition-ms is not a sensible length for a crossfade.",
               fmt::format("Give 1 to {} milliseconds.", kLongestTransition));
    }
    if (recipe.date_overlay) {
        overlay_text(*recipe.date_overlay, "2000-01-01T00:00:00Z");
        if (recipe.date_overlay->milliseconds.value_or(1) <= 0) {
            refuse("--date-seconds shows no date at all.", "Give a number of seconds above 0.");
        }
    }
    find_preset(recipe.preset);
    if (recipe.preset == kOriginal) require_copyable(recipe);
    validate(recipe.sound);
    validate(recipe.labels);
    validate_list(recipe);
}

}  // namespace dadcam::recipe
