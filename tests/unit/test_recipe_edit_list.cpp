#include <doctest/doctest.h>

#include <libdadcam/recipe/edit_list.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <tests/support/errors.hpp>

using namespace dadcam;
using namespace dadcam::recipe;

namespace {

using KnownClips = std::map<std::int64_t, KnownClip>;

/// Lists as hostile as their names and titles can make them.
class AnyList {
public:
    explicit AnyList(std::uint64_t seed) : random_(seed) {}

    std::int64_t below(std::int64_t limit) {
        return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(limit));
    }

    std::string text(bool any_bytes) {
        static const std::vector<std::string> kPieces{"a",    "Z",    " ",    "\"",     "\\",     "\n",     "\r",
                                                      "\t",   "%",    "%n",   "#",      "'",      "x41",    "\\n",
                                                      "é",    "🎂",    "שלום", "\u202e", "\u2028", "\u0085", "\ufeff",
                                                      "\x01", "\x7f", "{}",   "card",   "日本",   "e\u0301"};
        std::string result;
        const auto pieces = below(20) == 0 ? 5000 : below(12);
        for (std::int64_t i = 0; i < pieces && result.size() < 9'900; ++i) {
            if (any_bytes && below(4) == 0) {
                result += static_cast<char>(1 + below(255));
            } else {
                result += kPieces[static_cast<std::size_t>(below(static_cast<std::int64_t>(kPieces.size())))];
            }
        }
        return result;
    }

    Card card() {
        Card card{text(false), text(false), 100 + below(599'901), below(2) == 0 ? CardStyle::black : CardStyle::blur};
        if (card.title.empty() && card.subtitle.empty()) card.title = "\"";
        return card;
    }

    /// Of one number there is one content and path.
    ListedClip clip(KnownClips& known_clips, std::map<std::int64_t, ListedClip>& gone) {
        const auto id = 1 + below(below(2) == 0 ? 30 : 1'000'000'000'000);
        auto& known = known_clips[id];
        if (known.id == 0)
            known = {id, "content " + std::to_string(id), text(true), below(3) == 0 ? 0 : 1 + below(20'000'000)};
        ListedClip clip{id, known.content_id, known.path, {}, {}};
        if (below(2) == 0) clip.from_ms = below(known.duration_ms > 0 ? known.duration_ms : 20'000'000);
        if (below(2) == 0) clip.until_ms = clip.from_ms.value_or(0) + 1 + below(20'000'000);
        if (clip.from_ms == 0 && !clip.until_ms) clip.from_ms.reset();
        if (id % 5 == 0) gone.emplace(id, clip);
        return clip;
    }

private:
    std::mt19937_64 random_;
};

}  // namespace

TEST_CASE("an edit list's entries become JSON and back, whatever the bytes of their paths") {
    const EditList list{Card{"Summer", "", 4000, CardStyle::blur}, ListedClip{12, "c12", "caf\xe9.mp4", 0, 10'000},
                        ListedClip{3, "c3", "tree.dv", {}, {}}};
    const nlohmann::json json = list;
    CHECK(json[0] ==
          nlohmann::json{{"card", {{"title", "Summer"}, {"subtitle", ""}, {"milliseconds", 4000}, {"style", "blur"}}}});
    CHECK(json[1]["toMs"] == 10'000);
    CHECK(json[2] == nlohmann::json{{"clipId", 3}, {"contentId", "c3"}, {"path", "tree.dv"}});
    CHECK(nlohmann::json::parse(json.dump()).get<EditList>() == list);
}

TEST_CASE("JSON that is no entry is refused") {
    const auto entry = [](const char* text) { return nlohmann::json::parse(text).get<ListEntry>(); };
    CHECK_NOTHROW(entry(R"({"clipId": 1, "contentId": "c", "path": "p", "fromMs": null})"));
    CHECK_NOTHROW(entry(R"({"card": {"title": "A", "milliseconds": 100}})"));
    for (const char* text : {"[]", "{}", "null", R"({"clipId": 1.5, "contentId": "c", "path": "p"})",
                             R"({"clipId": 1, "contentId": "c", "path": [1.5]})",
                             R"({"clipId": 1, "contentId": "c", "path": "p", "toMs": 1.5})", R"({"card": null})",
                             R"({"card": {"title": "A"}})"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(entry(text), nlohmann::json::exception);
    }
    for (const char* text : {R"({"clipId": 0, "contentId": "c", "path": "p"})",
                             R"({"clipId": 1, "contentId": "c", "path": "p", "fromMs": -1})",
                             R"({"clipId": 1, "contentId": "c", "path": "p", "fromMs": 5, "toMs": 5})",
                             R"({"clipId": 1, "contentId": "c", "path": "p", "toMs": 9223372036854775807})",
                             R"({"card": {"title": "A", "milliseconds": 99}})",
                             R"({"card": {"title": "A", "milliseconds": 4000, "style": "pink"}})"}) {
        CAPTURE(text);
        CHECK(test::error_of([&] { entry(text); }).category() == Category::usage);
    }
}

TEST_CASE("an unchanged text gives an equal list, whatever is in it") {
    for (std::uint64_t seed = 0; seed < 150; ++seed) {
        CAPTURE(seed);
        AnyList any(seed);
        KnownClips known;
        std::map<std::int64_t, ListedClip> gone;
        EditList list;
        for (auto entries = any.below(25); entries > 0; --entries) {
            if (any.below(3) == 0) {
                list.emplace_back(any.card());
            } else {
                list.emplace_back(any.clip(known, gone));
            }
        }
        for (const auto& [id, clip] : gone) known.erase(id);
        const auto find = [&](std::int64_t id) {
            const auto found = known.find(id);
            return found == known.end() ? std::nullopt : std::optional(found->second);
        };
        const auto text = edit_list_text(list, any.text(true));
        REQUIRE(read_edit_list(text, list, find) == list);
        REQUIRE(edit_list_text(read_edit_list(text, list, find), "") == edit_list_text(list, ""));
        REQUIRE(nlohmann::json::parse(nlohmann::json(list).dump()).get<EditList>() == list);
    }
}
