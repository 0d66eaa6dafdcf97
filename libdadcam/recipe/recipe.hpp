#pragma once

#include <cstdint>
#include <libdadcam/footage/facts.hpp>
#include <libdadcam/recipe/edit_list.hpp>
#include <libdadcam/recipe/labels.hpp>
#include <libdadcam/recipe/sound_mix.hpp>
#include <libdadcam/units.hpp>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace dadcam::recipe {

/// list: those of its list, and no others.
enum class Mode { all, by_date, by_event, by_favorites, list };
enum class Order { chronological, shuffle };
enum class Transition { hard_cut, crossfade };
/// How a picture of another shape is fitted into the frame: with bars, over a blurred copy of itself, or cut.
enum class Fit { pad, blur, crop };
enum class Corner { top_left, top_right, bottom_left, bottom_right };

/// The recorded date, drawn into each clip.
struct DateOverlay {
    std::string format = "%Y-%m-%d";  ///< as strftime's
    Corner corner = Corner::bottom_right;
    std::optional<std::int64_t> milliseconds;  ///< from each clip's beginning; absent: to its end
    bool operator==(const DateOverlay&) const = default;
};

/// Which clips, in what order, how joined, which preset.
struct Recipe {
    std::string name;
    Mode mode = Mode::all;
    std::optional<std::string> from;   ///< first time, ISO 8601: with a Z an instant, else what a clock showed
    std::optional<std::string> until;  ///< last one, included, the same way
    std::vector<std::string> events;   ///< clips of any of these; empty: of every event
    std::vector<std::string> cameras;  ///< clips of any of these; empty: of every camera
    std::vector<std::string> tags;     ///< clips with all of these
    std::vector<std::string> include;  ///< of `bad` and `archived`: those taken all the same
    Order order = Order::chronological;
    std::uint64_t seed = 0;  ///< of a shuffle
    std::string preset = "share";
    Transition transition = Transition::hard_cut;
    std::int64_t transition_ms = 0;  ///< of a crossfade
    Fit fit = Fit::pad;
    std::optional<std::string> lut;  ///< its name in the library
    std::optional<DateOverlay> date_overlay;
    std::optional<std::int64_t> max_clip_ms;  ///< at most so much of each clip, from its beginning
    std::optional<footage::Size> resolution;  ///< absent: that of most of the footage
    std::optional<Rational> rate;             ///< frames per second; absent: that of most of the footage
    SoundMix sound{};
    Labels labels{};
    EditList list{};                    ///< of mode list
    std::optional<Mode> listed_from{};  ///< of mode list: what the list was made from, with the filters above
    bool operator==(const Recipe&) const = default;
};

std::string_view name(Mode mode);
std::string_view name(Order order);
std::string_view name(Transition transition);
std::string_view name(Fit fit);
std::string_view name(Corner corner);

/// Throw Error(usage) for a name that is none.
Mode parse_mode(std::string_view text);
Order parse_order(std::string_view text);
Transition parse_transition(std::string_view text);
Fit parse_fit(std::string_view text);
Corner parse_corner(std::string_view text);
/// "1280x720" or "auto". Throws Error(usage) for other text, odd numbers, and sizes outside 16 to 8192.
std::optional<footage::Size> parse_resolution(std::string_view text);
/// "25", "29.97", "30000/1001" or "auto". Throws Error(usage) outside 1 to 240.
std::optional<Rational> parse_rate(std::string_view text);
/// "2019", "2019-07", "2019-07-14", "2019-07-14 18:30" or a whole time: the first, or the last, second that it names.
/// With Z or an offset it is an instant, which comes back with a Z; else a wall time. Throws Error(usage).
std::string parse_from(std::string_view text);
std::string parse_until(std::string_view text);

/// A recorded time (ISO 8601) as the overlay shows it: as its clock did, whatever its offset. Error(usage) for a format
/// that is none.
std::string overlay_text(const DateOverlay& overlay, std::string_view recorded_at);

/// What can be said against a recipe without looking at the library. Throws Error(usage).
void validate(const Recipe& recipe);

void to_json(nlohmann::json& json, const Recipe& recipe);
/// Throws nlohmann::json::exception or Error(usage) on a wrong field.
void from_json(const nlohmann::json& json, Recipe& recipe);

}  // namespace dadcam::recipe
