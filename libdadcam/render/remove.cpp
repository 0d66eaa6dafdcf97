#include <fmt/format.h>

#include <libdadcam/error.hpp>
#include <libdadcam/footage/identity.hpp>
#include <libdadcam/library/atomic_file.hpp>
#include <libdadcam/library/work_lock.hpp>
#include <libdadcam/render/places.hpp>
#include <libdadcam/render/remove.hpp>
#include <optional>

namespace dadcam::render {
namespace {

namespace fs = std::filesystem;

void remove_file(const fs::path& file, std::vector<fs::path>& removed) {
    std::error_code error;
    if (fs::remove(file, error))
        removed.push_back(file);
    else if (error)
        library::throw_write_error(file, error.value());
}

/// The film as this run left it; nothing when it is gone, or another file is in its place.
std::optional<fs::path> own_film(const library::Library& library, const library::Run& run) {
    if (!run.output_path || (run.wishes.path && !run.wished_here)) return std::nullopt;
    const auto film = film_place(library, run);
    if ((library.root() / *run.output_path).lexically_normal() != film) {
        throw Error(Category::general,
                    fmt::format("Export {} names a film that is not its own: {}.", run.id, *run.output_path),
                    "Nothing was deleted.");
    }
    std::error_code error;
    const bool same = fs::is_regular_file(fs::symlink_status(film, error)) && run.output_content_id &&
                      footage::content_identity(film) == *run.output_content_id;
    return same ? std::optional(film) : std::nullopt;
}

}  // namespace

void check_removable(const library::Library& library, const library::Run& run) {
    if (run.status == library::RunStatus::rendering && library::WorkLock::is_held(library, library::Work::rendering)) {
        throw Error(Category::busy, fmt::format("Export {} is being rendered.", run.id),
                    fmt::format("Wait until it is done, or stop it with: dadcam export-cancel {}", run.id));
    }
    own_film(library, run);
}

std::vector<fs::path> remove_run(library::Library& library, const library::Run& run) {
    check_removable(library, run);
    std::vector<fs::path> removed;
    library.make_own_folder(library.folder("exports"));
    if (const auto film = own_film(library, run)) remove_file(*film, removed);
    remove_file(thumbnail_place(library, run.id), removed);
    library::delete_run(library, run.id);
    return removed;
}

}  // namespace dadcam::render
