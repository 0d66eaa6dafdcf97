#pragma once

#include <cstdint>
#include <functional>
#include <libdadcam/recipe/card.hpp>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace dadcam::recipe {

/// A clip in an edit list. Its content says which it is; id and path are as they were when it was listed.
struct ListedClip {
    std::int64_t id = 0;
    std::string content_id{};
    std::string path{};                      ///< as a clip's: bytes, not always UTF-8
    std::optional<std::int64_t> from_ms{};   ///< from the clip's beginning; absent: all from there
    std::optional<std::int64_t> until_ms{};  ///< the same; absent, or beyond the clip's end: to its end
    bool operator==(const ListedClip&) const = default;
};

using ListEntry = std::variant<ListedClip, Card>;

/// What a film shows, in its order: a clip as often as it is listed.
using EditList = std::vector<ListEntry>;

/// What the text form needs to know of a clip.
struct KnownClip {
    std::int64_t id = 0;
    std::string content_id{};
    std::string path{};
    std::int64_t duration_ms = 0;  ///< 0: not known
};

/// The list as a person edits it, UTF-8, one entry a line below the comment (whose lines get a # each):
///     card "Christmas" "at grandma's" 2.5 blur
///     clip 12  0:03.2-0:10  "2012 Birthday/candles.mp4"
std::string edit_list_text(const EditList& list, std::string_view title_comment);

/// Reads that text. `find`: the library's clip of a number; for one that it does not have, an entry of `before`, the
/// list that was printed, is kept. The path is for the person and not looked at. An unchanged text gives an equal list
/// as long as `find` gives what was listed. Throws Error(usage): "Line 7: …".
EditList read_edit_list(std::string_view text, const EditList& before,
                        const std::function<std::optional<KnownClip>(std::int64_t)>& find);

/// {"clipId", "contentId", "path", "fromMs", "toMs"}, the times only if there are any, or {"card": {"title",
/// "subtitle", "milliseconds", "style"}}. Paths come back byte for byte, UTF-8 or not.
void to_json(nlohmann::json& json, const ListEntry& entry);
/// Throws nlohmann::json::exception or Error(usage) on a wrong field.
void from_json(const nlohmann::json& json, ListEntry& entry);

}  // namespace dadcam::recipe
