// The JSON that a library's rows hold, and the words that recipe-create is given: the input is taken as each of them.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/clip.hpp>
#include <libdadcam/recipe/preset.hpp>
#include <libdadcam/recipe/recipe.hpp>
#include <libdadcam/timeline/film_format.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace {

using namespace dadcam;
using Json = nlohmann::json;

constexpr std::size_t kLongestWord = 80;  // bytes: what is longer is JSON or nothing

void require(bool holds) {
    if (!holds) __builtin_trap();
}

/// What `act` gives; nothing when it refuses by Error(usage), as it may.
template <typename Act>
auto unless_refused(Act act) -> std::optional<decltype(act())> {
    try {
        return act();
    } catch (const Error& error) {
        require(error.category() == Category::usage && !error.message().empty() && !error.advice().empty());
        return std::nullopt;
    }
}

/// As a store reads a row: from text, ready for JSON's own exceptions and for Error.
template <typename Value>
std::optional<Value> stored(const Json& json) {
    try {
        return json.get<Value>();
    } catch (const Json::exception&) {
        return std::nullopt;
    } catch (const Error&) {
        return std::nullopt;
    }
}

template <typename Value>
Value again(const Value& value) {
    return Json::parse(Json(value).dump()).get<Value>();
}

void check_recipe(const Json& json) {
    const auto recipe = stored<recipe::Recipe>(json);
    if (!recipe) return;
    require(again(*recipe) == *recipe);
    const bool valid = unless_refused([&] {
                           recipe::validate(*recipe);
                           return true;
                       }).has_value();
    if (!valid) return;
    require(!recipe->name.empty() && recipe->max_clip_ms.value_or(1) > 0);
    // An instant and what a clock showed are not compared.
    const auto both = recipe->from && recipe->until && recipe->from->ends_with('Z') == recipe->until->ends_with('Z');
    require(!both || *recipe->from <= *recipe->until);
    require(!recipe->date_overlay || !overlay_text(*recipe->date_overlay, "2000-01-01T00:00:00Z").empty());
}

void check_facts(const Json& json) {
    const auto facts = stored<footage::Facts>(json);
    if (facts) require(again(*facts) == *facts);
}

void check_clip(const Json& json) {
    const auto clip = stored<footage::Clip>(json);
    if (clip) require(again(*clip) == *clip);
}

void check_preset(const Json& json) {
    if (const auto preset = stored<recipe::Preset>(json)) require(again(*preset) == *preset);
}

void check_format(const Json& json) {
    const auto format = stored<timeline::FilmFormat>(json);
    if (!format) return;
    require(format->size.width > 0 && format->size.height > 0 && format->rate.positive());
    require(again(*format) == *format);
}

void check_time(const std::string& word) {
    const auto from = unless_refused([&] { return recipe::parse_from(word); });
    const auto until = unless_refused([&] { return recipe::parse_until(word); });
    require(from.has_value() == until.has_value());
    if (!from) return;
    require(*from <= *until);
    // Times are compared as text, so each must have the one form there is.
    for (const auto& time : {*from, *until}) require(recipe::parse_from(time) == time);
}

void check_picture(const std::string& word) {
    const auto size = unless_refused([&] { return recipe::parse_resolution(word); });
    if (size && *size) {
        require((*size)->width % 2 == 0 && (*size)->height % 2 == 0);
        require(recipe::parse_resolution(std::to_string((*size)->width) + "x" + std::to_string((*size)->height)) ==
                *size);
    }
    const auto rate = unless_refused([&] { return recipe::parse_rate(word); });
    if (rate && *rate) require(recipe::parse_rate(to_string(**rate)) == *rate);
}

void check_names(const std::string& word) {
    const auto same = [&](const auto& parsed) { require(!parsed || name(*parsed) == word); };
    same(unless_refused([&] { return recipe::parse_mode(word); }));
    same(unless_refused([&] { return recipe::parse_order(word); }));
    same(unless_refused([&] { return recipe::parse_transition(word); }));
    same(unless_refused([&] { return recipe::parse_fit(word); }));
    same(unless_refused([&] { return recipe::parse_corner(word); }));
}

void check_word(const std::string& word) {
    check_names(word);
    check_picture(word);
    check_time(word);
    const recipe::DateOverlay overlay{word, recipe::Corner::top_left, std::nullopt};
    const auto text = unless_refused([&] { return recipe::overlay_text(overlay, "2019-07-14T18:30:12Z"); });
    require(!text || !text->empty());
    static_cast<void>(unless_refused([&] { return recipe::overlay_text({}, word); }));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    if (size <= kLongestWord) check_word(text);
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) return 0;
    check_recipe(json);
    check_preset(json);
    check_facts(json);
    check_clip(json);
    check_format(json);
    return 0;
}
