#include <fmt/format.h>

#include <apps/picturing.hpp>
#include <apps/render/progress_line.hpp>
#include <apps/rendering.hpp>
#include <libdadcam/library/host_lock.hpp>
#include <libdadcam/render/clip_pictures.hpp>

namespace dadcam::app {
namespace {

constexpr std::size_t kMostNamed = 20;

bool can_be_written(const Context& context, const std::filesystem::path& root) {
    return !stranger(context, root) && library::Library::can_be_written(root) &&
           !library::HostLock::other_machine(root / library::kFolder);
}

}  // namespace

library::Library open_for_pictures(const Context& context) {
    const auto root = find_library(context);
    const bool writes = root && can_be_written(context, *root);
    return open_library(context, writes ? library::Access::write : library::Access::read);
}

std::optional<library::WorkLock> lock_for_pictures(const Context& context, const library::Library& library) {
    if (!can_be_written(context, library.root())) return std::nullopt;
    auto lock = library::WorkLock::acquire(library, library::Work::picturing);
    if (!lock) throw library::WorkLock::held_by_another(library, library::Work::picturing);
    return lock;
}

std::size_t make_pictures(const Context& context, library::Library& library, const library::WorkLock& lock,
                          const std::vector<footage::Clip>& clips) {
    if (render::without_pictures(library, clips).empty()) return 0;
    const auto tools = find_render_tools(context, library, {});
    render::PicturesMade made;
    {
        ProgressLine line(context);
        made = render::make_pictures(
            library, lock, clips, tools,
            [&](std::size_t done, std::size_t all) { line.show(fmt::format("Making pictures: {} of {}", done, all)); },
            context.stop);
    }
    for (std::size_t at = 0; at < std::min(made.failed.size(), kMostNamed); ++at) {
        const auto& [path, failure] = made.failed[at];
        remark(context, fmt::format("no pictures of {}: {}", path, failure.message()));
    }
    if (made.failed.size() > kMostNamed)
        remark(context, fmt::format("no pictures of {} more", made.failed.size() - kMostNamed));
    return made.made;
}

int beside_exports(const std::function<int()>& act) {
    try {
        return act();
    } catch (const Error& error) {
        if (error.category() != Category::disk_full) throw;
        throw Error(Category::disk_full, "The disk is full.", "Free some space. What is finished stays.",
                    error.detail());
    }
}

}  // namespace dadcam::app
