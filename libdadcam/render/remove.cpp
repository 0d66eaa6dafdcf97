#include <fmt/format.h>

#include <libdadcam/error.hpp>
#include <libdadcam/footage/identity.hpp>
#include <libdadcam/library/atomic_file.hpp>
#include <libdadcam/library/clip_store.hpp>
#include <libdadcam/library/film_store.hpp>
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
std::optional<fs::path> own_film(library::Library& library, const library::Run& run) {
    if (!run.output_path || !is_believed(run)) return std::nullopt;
    const auto film = film_place(library, run);
    if ((library.root() / *run.output_path).lexically_normal() != film) {
        throw Error(Category::general,
                    fmt::format("Export {} names a film that it did not make: {}.", run.id, *run.output_path),
                    "Nothing was deleted.");
    }
    // The same film, made once more at the same place, is the newer run's; and no row makes an original a film.
    if (library::is_film_of_newer(library, run.id, *run.output_path)) return std::nullopt;
    if (library::known_file(library, *run.output_path)) return std::nullopt;
    std::error_code error;
    const bool same = fs::is_regular_file(fs::symlink_status(film, error)) && run.output_content_id &&
                      footage::content_identity(film) == *run.output_content_id;
    return same ? std::optional(film) : std::nullopt;
}

}  // namespace

void check_removable(library::Library& library, const library::Run& run) {
    if (run.status == library::RunStatus::rendering && library::WorkLock::is_held(library, library::Work::rendering)) {
        throw Error(Category::busy, fmt::format("Export {} is being rendered.", run.id),
                    fmt::format("Wait until it is done, or stop it with: dadcam export-cancel {}", run.id));
    }
    own_film(library, run);
}

std::vector<fs::path> remove_run(library::Library& library, const library::Run& seen) {
    const auto run = library::find_run(library, seen.id);  // it may have begun since it was looked at
    check_removable(library, run);
    std::vector<fs::path> removed;
    library.make_own_folder(library.folder("exports"));
    if (const auto film = own_film(library, run)) remove_file(*film, removed);
    remove_file(thumbnail_place(library, run.id), removed);
    library::delete_run(library, run.id);
    return removed;
}

}  // namespace dadcam::render
