#include <array>
#include <libdadcam/error.hpp>
#include <libdadcam/language.hpp>
#include <libdadcam/recipe/labels.hpp>
#include <libdadcam/recipe/names.hpp>
#include <libdadcam/whole_number.hpp>
#include <nlohmann/json.hpp>
#include <utility>

namespace dadcam::recipe {
namespace {

constexpr std::array<std::pair<Part, std::string_view>, 4> kParts{
    {{Part::none, "none"}, {Part::day, "day"}, {Part::event, "event"}, {Part::clip, "clip"}}};
constexpr std::array<std::pair<Captions, std::string_view>, 3> kCaptions{
    {{Captions::none, "none"}, {Captions::date, "date"}, {Captions::event, "event"}}};

}  // namespace

std::string_view name(Part part) {
    return name_in(kParts, part);
}
std::string_view name(Captions captions) {
    return name_in(kCaptions, captions);
}
Part parse_part(std::string_view text) {
    return value_in(kParts, text, "part of a film");
}
Captions parse_captions(std::string_view text) {
    return value_in(kCaptions, text, "kind of captions");
}

void validate(const Labels& labels) {
    if (labels.title) validate(*labels.title);
    if (labels.cards == Part::clip) {
        throw Error(Category::usage, "--cards cannot be clip.", "Give --cards none, day or event.");
    }
    validate(Card{"x", {}, labels.card_ms, labels.card_style});
    if (!is_language(labels.language)) {
        throw Error(Category::usage, fmt::format("\"{}\" is not a language.", labels.language),
                    "Give a code, for example en, de or pt-BR.");
    }
}

void add_to(nlohmann::json& json, const Labels& labels) {
    json["title"] = labels.title ? nlohmann::json(*labels.title) : nlohmann::json();
    json["cards"] = name(labels.cards);
    json["cardMs"] = labels.card_ms;
    json["cardStyle"] = name(labels.card_style);
    json["chapters"] = name(labels.chapters);
    json["captions"] = name(labels.captions);
    json["metadata"] = labels.metadata;
    json["language"] = labels.language;
}

Labels labels_in(const nlohmann::json& json) {
    Labels labels;
    if (const auto found = json.find("title"); found != json.end() && !found->is_null()) {
        labels.title = found->get<Card>();
    }
    labels.cards = parse_part(json.value("cards", "none"));
    labels.card_ms = optional_whole(json, "cardMs").value_or(labels.card_ms);
    labels.card_style = parse_card_style(json.value("cardStyle", "black"));
    labels.chapters = parse_part(json.value("chapters", "none"));
    labels.captions = parse_captions(json.value("captions", "none"));
    labels.metadata = json.value("metadata", false);
    labels.language = json.value("language", labels.language);
    return labels;
}

}  // namespace dadcam::recipe
