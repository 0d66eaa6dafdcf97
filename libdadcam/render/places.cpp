#include <fmt/format.h>

#include <libdadcam/error.hpp>
#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/recipe/preset.hpp>
#include <libdadcam/render/places.hpp>

namespace dadcam::render {
namespace {

namespace fs = std::filesystem;

fs::path beside(const fs::path& file, std::int64_t run_id) {
    return file.parent_path() / fmt::format(".{}.dadcam-run{}.tmp", file.filename().string(), run_id);
}

}  // namespace

fs::path film_place(const library::Library& library, const library::Run& run) {
    if (run.wishes.path && !run.wished_here) {
        throw Error(
            Category::output_write_error,
            fmt::format("Export {} was to be put at {}, but that was said in another copy of this library.", run.id,
                        *run.wishes.path),
            fmt::format("Nothing was read or written there. `dadcam resume {0} -o FILE` and `dadcam export-rerun {0} "
                        "-o FILE` name another place.",
                        run.id));
    }
    if (run.wishes.path) return *run.wishes.path;
    return library.folder("exports") /
           fmt::format("run_{}.{}", run.id, recipe::find_preset(run.output_preset).extension);
}

fs::path film_temporary(const library::Library& library, const library::Run& run) {
    return beside(film_place(library, run), run.id);
}

fs::path thumbnail_place(const library::Library& library, std::int64_t run_id) {
    return library.folder("exports") / fmt::format("run_{}_thumb.jpg", run_id);
}

fs::path thumbnail_temporary(const library::Library& library, std::int64_t run_id) {
    return beside(thumbnail_place(library, run_id), run_id);
}

fs::path list_place(const library::Library& library, std::int64_t run_id) {
    return library.folder("segments") / fmt::format("run_{}.ffconcat", run_id);
}

fs::path segment_place(const library::Library& library, const std::string& key) {
    return library.located(library::segment_path(key));
}

fs::path segment_temporary(const library::Library& library, const std::string& key, std::int64_t run_id) {
    return beside(segment_place(library, key), run_id);
}

}  // namespace dadcam::render
