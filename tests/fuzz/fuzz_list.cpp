// What comes back from a person's editor: the input is taken as an edit list, as a comment above it, and as a path in
// it.
#include <cstddef>
#include <cstdint>
#include <libdadcam/error.hpp>
#include <libdadcam/recipe/edit_list.hpp>
#include <libdadcam/recipe/words.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace {

using namespace dadcam;
using namespace dadcam::recipe;

constexpr std::size_t kLongestPath = 40;        // bytes
constexpr std::size_t kLongestRefusal = 1'000;  // bytes

void require(bool holds) {
    if (!holds) __builtin_trap();
}

/// Clips of every number that three does not divide; of the others, two were listed before they were gone.
std::optional<KnownClip> clip_of(std::int64_t id, std::string_view path) {
    if (id % 3 == 0) return std::nullopt;
    return KnownClip{id, std::to_string(id), std::string(path), id % 2 == 0 ? 0 : 60'000};
}

std::optional<EditList> read(std::string_view text, std::string_view path) {
    const EditList before{ListedClip{3, "gone", std::string(path), {}, 1}, ListedClip{6, "gone", "", 1, {}}};
    try {
        return read_edit_list(text, before, [&](std::int64_t id) { return clip_of(id, path); });
    } catch (const Error& error) {
        require(error.category() == Category::usage && error.message().starts_with("Line "));
        require(!error.advice().empty() && error.message().size() < kLongestRefusal);
        require(visible_line(error.message()) == error.message() && visible_line(error.advice()) == error.advice());
        return std::nullopt;
    }
}

void check_entry(const ListEntry& entry) {
    if (const auto* card = std::get_if<Card>(&entry)) return validate(*card);
    const auto& clip = std::get<ListedClip>(entry);
    require(clip.id > 0 && clip.from_ms.value_or(0) >= 0);
    require(clip.from_ms.value_or(0) < clip.until_ms.value_or(INT64_MAX));
    require(clip.from_ms != 0 || clip.until_ms.has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto path = text.substr(0, kLongestPath);
    require(read(edit_list_text({}, text), path) == EditList{});
    const auto list = read(text, path);
    if (!list) return 0;
    for (const auto& entry : *list) check_entry(entry);
    require(read(edit_list_text(*list, text), path) == list);
    require(nlohmann::json::parse(nlohmann::json(*list).dump()).get<EditList>() == *list);
    return 0;
}
