#pragma once

#include <libdadcam/library/clip_store.hpp>
#include <libdadcam/library/library.hpp>
#include <libdadcam/library/run_store.hpp>
#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/recipe/recipe.hpp>
#include <libdadcam/render/snapshot.hpp>
#include <tests/support/clips.hpp>
#include <tests/support/temporary_folder.hpp>

namespace dadcam::test {

/// A new, empty library in a folder of its own.
struct FreshLibrary {
    TemporaryFolder folder;
    library::Library library = library::Library::init(folder / "films", "Family");
};

inline std::int64_t add_clip(library::Library& library, const std::string& path) {
    return library::add_clip(library, clip_of(path));
}

/// All clips, by recorded time, then path.
inline std::vector<footage::Clip> all_clips(library::Library& library) {
    recipe::Recipe all;
    all.include = {"bad", "archived"};
    return library::selected_clips(library, all);
}

/// What a run of one clip is recorded from.
inline library::NewRun new_run(const std::string& name = "Italy") {
    recipe::Recipe recipe;
    recipe.name = name;
    const auto texts = render::write_snapshot(render::take_snapshot(recipe, {clip_of("a.mp4")}));
    library::NewRun run;
    run.name = name;
    run.pipeline_version = 1;
    run.ffmpeg_version = "5.1";
    run.contents = {texts, 10'000, 250, {{std::nullopt, "a.mp4", 0, 250}}};
    return run;
}

inline std::int64_t add_run(library::Library& library, const std::string& name = "Italy") {
    return library::create_run(library, new_run(name));
}

/// A segment of a run, as it is recorded before it is rendered.
inline library::RunSegment segment_row(const std::string& key, std::int64_t start_frame, std::int64_t frames) {
    library::RunSegment row;
    row.key = key;
    row.clip_count = 1;
    row.duration_ms = frames * 40;
    row.start_frame = start_frame;
    row.frames_total = frames;
    row.samples_total = frames * 1920;
    row.final_output_path = library::segment_path(key);
    return row;
}

}  // namespace dadcam::test
