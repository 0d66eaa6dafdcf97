// Prints, each ended by a NUL, the words of the one ffmpeg that makes a recipe's whole film by itself: the same filters
// and encoders, without segments. What scripts/bench compares with.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <libdadcam/ffmpeg/arguments.hpp>
#include <libdadcam/library/clip_store.hpp>
#include <libdadcam/library/recipe_store.hpp>
#include <libdadcam/render/snapshot.hpp>

int main(int argc, char** argv) {
    using namespace dadcam;
    if (argc != 4) {
        std::cerr << "one_ffmpeg LIBRARY RECIPE OUTPUT\n";
        return 2;
    }
    try {
        const process::Stop stop;
        process::ToolPaths paths;
        const char* path = std::getenv("PATH");
        paths.search_path = path != nullptr ? path : "";
        const render::RenderTools tools{process::find_ffmpeg(paths, {}, stop), "ffprobe", {}, {}};
        auto library = library::Library::open(argv[1]);
        const auto recipe = library::find_recipe(library, argv[2]).recipe;
        const auto snapshot = render::take_snapshot(recipe, library::selected_clips(library, recipe));
        const auto plan = render::make_plan(snapshot, tools);
        const auto name_of = [&](const footage::Clip& clip) { return library.located(clip.path).string(); };
        auto words = ffmpeg::segment_arguments(render::film_of(library, snapshot, plan, tools),
                                               timeline::uncut(plan.items), name_of, argv[3]);
        // Decoders and filters have as many threads as ffmpeg gives them: here, nothing else runs.
        for (const char* option : {"-threads", "-filter_complex_threads"}) {
            for (auto at = words.begin(); (at = std::find(at, words.end(), option)) != words.end();) {
                at = words.erase(at, at + 2);
            }
        }
        // Not a segment but a film: its own container, and the sound encoded.
        words.resize(words.size() - 3);  // -f mov OUTPUT
        words.insert(words.end(), snapshot.preset.sound_arguments.begin(), snapshot.preset.sound_arguments.end());
        words.insert(words.end(), {"-movflags", "+faststart", "-f", snapshot.preset.muxer, argv[3]});
        std::cout << tools.ffmpeg.path << '\0';
        for (const auto& word : words) std::cout << word << '\0';
    } catch (const std::exception& error) {
        std::cerr << "one_ffmpeg: " << error.what() << '\n';
        return 1;
    }
}
