#include <libdadcam/error.hpp>
#include <libdadcam/footage/identity.hpp>
#include <libdadcam/library/atomic_file.hpp>
#include <libdadcam/library/run_store.hpp>
#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/render/places.hpp>
#include <libdadcam/render/scratch.hpp>
#include <libdadcam/render/sweep.hpp>

namespace dadcam::render {
namespace {

namespace fs = std::filesystem;

void remove_temporaries_in(const fs::path& segments, library::Library& library, const library::Run& run) {
    for (const auto& segment : library::run_segments(library, run.id)) {
        // Also of one that is not recorded as begun: its worker may have been faster than the record.
        if (segment.status == "completed") continue;
        library::remove_quietly(beside(library, segments / library::segment_name(segment.key), run.id));
    }
    library::remove_quietly(list_place(segments, run.id));
    Scratch{sound_place(segments, run.id)};  // a folder: cleared, and not kept
}

void remove_temporaries(library::Library& library, const library::Run& run) {
    for (const auto& segments : library::segment_folders(library)) remove_temporaries_in(segments, library, run);
    if (is_believed(run)) library::remove_quietly(film_temporary(library, run));
    library::remove_quietly(thumbnail_temporary(library, run.id));
}

void check_folders(library::Library& library) {
    library.make_own_folder(library.folder("exports"));
    for (const auto& segments : library::segment_folders(library)) library.make_own_folder(segments);
}

/// The film that was announced is in its place.
bool is_in_place(const library::Library& library, const library::Run& run) {
    if (!run.output_content_id || !is_believed(run)) return false;
    const auto film = film_place(library, run);
    std::error_code error;
    try {
        return fs::is_regular_file(fs::symlink_status(film, error)) &&
               footage::content_identity(film) == *run.output_content_id;
    } catch (const Error&) {
        return false;
    }
}

Swept sweep(library::Library& library, const library::Run& run) {
    remove_temporaries(library, run);
    if (is_in_place(library, run)) {
        const library::RunOutput output{library.stored(film_place(library, run)), run.output_size_bytes.value_or(0),
                                        run.output_duration_ms.value_or(0), run.thumbnail_path, *run.output_content_id};
        if (library::complete_run(library, run.id, output)) return {run.id, run.name, true};
    }
    library::remove_quietly(thumbnail_place(library, run.id));
    library::end_run(library, run.id,
                     Error(Category::interrupted, "The export was interrupted: dadcam ended while it was rendering."));
    return {run.id, run.name, false};
}

}  // namespace

std::vector<Swept> sweep_interrupted(library::Library& library, const library::WorkLock&) {
    std::vector<Swept> swept;
    for (const auto& run : library::rendering_runs(library)) {
        check_folders(library);
        try {
            swept.push_back(sweep(library, run));
        } catch (const Error& error) {  // a row that cannot be true must not keep the others from being swept
            library::end_run(library, run.id, error);
            swept.push_back({run.id, run.name, false});
        }
    }
    return swept;
}

void clear_up_after(library::Library& library, std::int64_t run_id, const library::WorkLock&) {
    check_folders(library);
    try {
        remove_temporaries(library, library::find_run(library, run_id));
    } catch (const Error&) {  // a row that cannot be true
    }
}

}  // namespace dadcam::render
