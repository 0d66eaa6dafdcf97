// A program that makes a film with the installed library: installed_program FOLDER FFMPEG FFPROBE
#include <iostream>
#include <libdadcam/library/ingest.hpp>
#include <libdadcam/library/recipe_store.hpp>
#include <libdadcam/render/run.hpp>

using namespace dadcam;

struct Quiet : render::Observer {
    void progress(const render::Progress&) override {}
    void note(const std::string& text) override { std::cerr << text << '\n'; }
    void completed(const render::Outcome&) override {}
};

int main(int, char** words) try {
    const process::Stop stop;
    const process::ToolPaths paths{words[2], words[3], {}};
    const auto ffmpeg = process::find_ffmpeg(paths, {}, stop);
    const auto ffprobe = process::find_ffprobe(paths, ffmpeg, stop);
    auto library = library::Library::init(words[1], "Family");
    library::ingest(library, {{words[1]}, false, ffprobe, ffmpeg.path}, stop, [](std::size_t, std::size_t) {});
    recipe::Recipe recipe;
    recipe.name = "All";
    library::add_recipe(library, recipe);

    const auto lock = library::WorkLock::acquire(library, library::Work::rendering);
    auto job = render::prepare(library, {render::OfRecipe{"All"}}, {ffmpeg, ffprobe, {}, {}}, stop);
    Quiet quiet;
    const auto outcome = render::run(library, lock.value(), std::move(job), quiet, stop);
    std::cout << outcome.output_path.value_or(outcome.error_message.value_or("")) << '\n';
    return outcome.exit_code;
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
