#include <fmt/format.h>

#include <libdadcam/error.hpp>
#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/recipe/preset.hpp>
#include <libdadcam/render/places.hpp>

namespace dadcam::render {
namespace {

namespace fs = std::filesystem;

bool leads_out(const library::Library& library, const fs::path& folder) {
    std::error_code error;
    const auto below = fs::weakly_canonical(folder, error).lexically_relative(library.root());
    return error || below.empty() || *below.begin() == "..";
}

/// Whoever named it.
fs::path named_place(const library::Library& library, const library::Run& run) {
    if (!run.wishes.path) {
        // A word that a database may hold; the film is never anything else.
        const char* extension = run.output_extension == "mov" ? "mov" : "mp4";
        return library.folder("exports") /
               fmt::format("run_{}{}.{}", run.id, run.output_preset == recipe::kDraft ? "_draft" : "", extension);
    }
    auto place = library.located(*run.wishes.path);
    if (fs::path(*run.wishes.path).is_relative() && leads_out(library, place.parent_path())) {
        throw Error(Category::output_write_error, fmt::format("{} leads out of the library.", *run.wishes.path),
                    "Nothing was read or written there.");
    }
    return place;
}

}  // namespace

fs::path beside(const library::Library& library, const fs::path& file, std::int64_t run_id) {
    return file.parent_path() /
           fmt::format(".{}.dadcam-{}-run{}.tmp", file.filename().string(), library.uuid().substr(0, 8), run_id);
}

bool is_believed(const library::Run& run) {
    return !run.wishes.path || run.wished_here;
}

fs::path film_place(const library::Library& library, const library::Run& run) {
    if (!is_believed(run)) {
        const bool resumable = run.status == library::RunStatus::failed || run.status == library::RunStatus::cancelled;
        throw Error(Category::output_write_error,
                    fmt::format("Export {} was meant for {}, but nothing here shows that you chose that place.", run.id,
                                *run.wishes.path),
                    fmt::format("Nothing was read or written there. To choose a place: dadcam {} {} -o FILE",
                                resumable ? "resume" : "export-rerun", run.id));
    }
    return named_place(library, run);
}

fs::path film_to_show(const library::Library& library, const library::Run& run) {
    const bool inside = run.wishes.path && fs::path(*run.wishes.path).is_relative();
    return inside ? named_place(library, run) : film_place(library, run);
}

fs::path film_temporary(const library::Library& library, const library::Run& run) {
    return beside(library, film_place(library, run), run.id);
}

fs::path thumbnail_place(const library::Library& library, std::int64_t run_id) {
    return library.folder("exports") / fmt::format("run_{}_thumb.jpg", run_id);
}

fs::path thumbnail_temporary(const library::Library& library, std::int64_t run_id) {
    return beside(library, thumbnail_place(library, run_id), run_id);
}

fs::path list_place(const fs::path& segments, std::int64_t run_id) {
    return segments / fmt::format("run_{}.ffconcat", run_id);
}

fs::path sound_place(const fs::path& segments, std::int64_t run_id) {
    return segments / fmt::format("run_{}.sound", run_id);
}

fs::path segment_place(const library::Library& library, const std::string& key) {
    return library.segments() / library::segment_name(key);
}

}  // namespace dadcam::render
