#include <fmt/format.h>

#include <libdadcam/error.hpp>
#include <libdadcam/recipe/card.hpp>
#include <libdadcam/utf8.hpp>
#include <libdadcam/whole_number.hpp>
#include <nlohmann/json.hpp>
#include <utility>

namespace dadcam::recipe {
namespace {

constexpr std::int64_t kShortestCard = 100, kLongestCard = 600'000;  // milliseconds
constexpr std::size_t kLongestCardText = 10'000;                     // bytes: more fits on no picture

[[noreturn]] void refuse_card(std::string message, std::string advice) {
    throw Error(Category::usage, std::move(message), std::move(advice));
}

bool is_utf8(std::string_view text) {
    while (!text.empty())
        if (!take_character(text).valid) return false;
    return true;
}

void validate_text(const std::string& text, std::string_view what) {
    if (text.size() > kLongestCardText) {
        refuse_card(fmt::format("The card's {} is {} bytes long.", what, text.size()),
                    fmt::format("Use at most {} bytes.", kLongestCardText));
    }
    if (text.find('\0') != std::string::npos) {
        refuse_card(fmt::format("The card's {} has a NUL in it.", what), "Take it out.");
    }
    if (!is_utf8(text)) refuse_card(fmt::format("The card's {} is not UTF-8.", what), "Write it as UTF-8.");
}

}  // namespace

std::string_view name(CardStyle style) {
    return style == CardStyle::blur ? "blur" : "black";
}

CardStyle parse_card_style(std::string_view text) {
    for (const auto style : {CardStyle::black, CardStyle::blur}) {
        if (name(style) == text) return style;
    }
    refuse_card(fmt::format("There is no card style named \"{}\".", text), "Use one of: black, blur.");
}

void validate(const Card& card) {
    if (card.title.empty() && card.subtitle.empty()) refuse_card("The card has no text.", "Give it a title.");
    validate_text(card.title, "title");
    validate_text(card.subtitle, "subtitle");
    if (card.milliseconds < kShortestCard || card.milliseconds > kLongestCard) {
        refuse_card(fmt::format("The card lasts {} milliseconds.", card.milliseconds), "Give it 0.1 to 600 seconds.");
    }
}

void to_json(nlohmann::json& json, const Card& card) {
    json = {{"title", card.title},
            {"subtitle", card.subtitle},
            {"milliseconds", card.milliseconds},
            {"style", name(card.style)}};
}

void from_json(const nlohmann::json& json, Card& card) {
    json.at("title").get_to(card.title);
    card.subtitle = json.value("subtitle", std::string());
    whole_number(json.at("milliseconds")).get_to(card.milliseconds);
    card.style = parse_card_style(json.value("style", "black"));
    validate(card);
}

}  // namespace dadcam::recipe
