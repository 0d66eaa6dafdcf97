#include <fmt/format.h>

#include <algorithm>
#include <apps/commands.hpp>
#include <libdadcam/library/clip_store.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

struct TagArguments {
    std::string verb;
    std::string tag;
    std::vector<std::int64_t> clips;
};

constexpr std::size_t kLongestTag = 64;  // bytes

void check(const TagArguments& arguments) {
    const auto& tag = arguments.tag;
    const bool control =
        std::any_of(tag.begin(), tag.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    if (tag.empty() || tag.size() > kLongestTag || control) {
        throw Error(Category::usage, "A tag is a word of 1 to 64 bytes without control characters.",
                    "For example: dadcam tag add favorite 3 7 12");
    }
}

int change(Context& context, const TagArguments& arguments) {
    check(arguments);
    const bool add = arguments.verb == "add";
    auto library = open_library(context, library::Access::write);
    const int changed = add ? library::add_tag(library, arguments.tag, arguments.clips)
                            : library::remove_tag(library, arguments.tag, arguments.clips);
    if (context.options.json)
        print_json(context, {{"tag", arguments.tag}, {"changed", changed}});
    else
        say(context, fmt::format("{} {} clip{}", add ? "Tagged" : "Untagged", changed, changed == 1 ? "" : "s"));
    return 0;
}

}  // namespace

Action declare_tag(Declaration command) {
    auto arguments = std::make_shared<TagArguments>();
    auto& verb = arguments->verb;
    for (auto each : {command.add_verb("add", "Tag clips", "dadcam tag add favorite 3 7 12", verb),
                      command.add_verb("remove", "Remove a tag from clips", "dadcam tag remove bad 9", verb)}) {
        each.add_option("TAG", arguments->tag, "favorite, bad, archived, or one of your own")
            .required()
            .offers(Offered::tags);
        each.add_option("CLIP", arguments->clips, "Ids, as `dadcam clips` lists them").required();
    }
    return [arguments](Context& context) { return change(context, *arguments); };
}

}  // namespace dadcam::app
