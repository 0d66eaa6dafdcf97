#include <fmt/format.h>

#include <apps/commands.hpp>
#include <apps/render/format.hpp>
#include <apps/render/table.hpp>
#include <libdadcam/library/segment_cache.hpp>
#include <libdadcam/units.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

struct CacheArguments {
    bool prune = false;
    std::string max_size;
};

/// Bytes; nothing for "auto". Error(usage).
std::optional<std::int64_t> read_limit(const std::string& text) {
    if (text == "auto") return std::nullopt;
    if (const auto bytes = parse_size(text)) return bytes;
    throw Error(Category::usage, fmt::format("\"{}\" is not a size.", text), "Write it as 20GB, 500MB, or auto.");
}

library::WorkLock lock_for_removal(library::Library& library) {
    auto lock = library::WorkLock::acquire(library, library::Work::rendering);
    if (!lock) throw library::WorkLock::held_by_another(library, library::Work::rendering);
    return std::move(*lock);
}

library::Trimmed remove_what_is_too_much(library::Library& library, const CacheArguments& arguments) {
    if (!arguments.prune && arguments.max_size.empty()) return {};
    const auto lock = lock_for_removal(library);
    auto gone = library::trim_cache(library, lock, arguments.prune ? 0 : library::cache_limit(library));
    const auto strays = library::drop_strays(library, lock);
    return {gone.segments + strays.segments, gone.bytes + strays.bytes};
}

void print_document(const Context& context, library::Library& library, const library::Trimmed& gone) {
    const auto use = library::cache_use(library);
    auto recipes = nlohmann::ordered_json::array();
    for (const auto& row : library::recipe_uses(library)) {
        recipes.push_back({{"recipeName", row.recipe}, {"segments", row.segments}, {"bytes", row.bytes}});
    }
    print_json(context, {{"folder", library.segments().string()},
                         {"segments", use.segments},
                         {"bytes", use.bytes},
                         {"maxBytes", library::cache_limit(library)},
                         {"hits", use.hits},
                         {"unfinishedBytes", use.held_bytes},
                         {"recipes", recipes},
                         {"removedSegments", gone.segments},
                         {"removedBytes", gone.bytes}});
}

void print_text(Context& context, library::Library& library, const CacheArguments& arguments,
                const library::Trimmed& gone) {
    if (arguments.prune || gone.segments > 0) {
        say(context, fmt::format("Removed {} segments, {}.", gone.segments, file_size(gone.bytes)));
    }
    const auto use = library::cache_use(library);
    say(context, fmt::format("{} segments, {} of at most {}; used again {} times", use.segments, file_size(use.bytes),
                             file_size(library::cache_limit(library)), use.hits));
    if (library.store()) say(context, fmt::format("The store is {}.", library.segments().string()));
    if (use.held_bytes > 0) {
        say(context, fmt::format("{} belong to unfinished exports and stay until those are resumed or deleted.",
                                 file_size(use.held_bytes)));
    }
    const auto uses = library::recipe_uses(library);
    if (uses.empty()) return;
    Table table({{"recipe", Align::left, true}, {"segments", Align::right}, {"size", Align::right}});
    for (const auto& row : uses) table.add_row({row.recipe, fmt::format("{}", row.segments), file_size(row.bytes)});
    table.write(context.terminal);
}

int cache(Context& context, const CacheArguments& arguments) {
    std::optional<std::int64_t> limit;
    if (!arguments.max_size.empty()) limit = read_limit(arguments.max_size);
    const bool changes = arguments.prune || !arguments.max_size.empty();
    auto library = open_library(context, changes ? library::Access::write : library::Access::read);
    library::require_there(library.store());
    if (!arguments.max_size.empty()) library::set_cache_limit(library, limit);
    const auto gone = remove_what_is_too_much(library, arguments);
    if (context.options.json)
        print_document(context, library, gone);
    else
        print_text(context, library, arguments, gone);
    return 0;
}

}  // namespace

Action declare_cache(Declaration command) {
    auto arguments = std::make_shared<CacheArguments>();
    command.add_flag("--prune", arguments->prune, "Remove every segment but those of unfinished exports");
    command
        .add_option("--max-size", arguments->max_size,
                    "Keep at most this much from now on: 20GB, 500MB, or auto (a tenth of the free disk)")
        .type_name("SIZE")
        .offers({"auto", "5GB", "10GB", "20GB", "50GB", "100GB"});
    return [arguments](Context& context) { return cache(context, *arguments); };
}

}  // namespace dadcam::app
