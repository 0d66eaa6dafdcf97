#include <fmt/format.h>

#include <apps/clip_choice.hpp>
#include <apps/commands.hpp>
#include <apps/gallery/gallery.hpp>
#include <apps/opening.hpp>
#include <apps/picturing.hpp>
#include <libdadcam/render/clip_pictures.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

struct GalleryArguments {
    std::string output;
    bool open = false;
};

std::filesystem::path folder_of(const Context& context, const library::Library& library,
                                const GalleryArguments& arguments) {
    if (arguments.output.empty()) return gallery::usual_folder(library);
    std::error_code error;
    const auto named = context.folder / arguments.output;
    auto folder = std::filesystem::weakly_canonical(named, error);
    return error ? named : folder;
}

int write_gallery(Context& context, const GalleryArguments& arguments) {
    auto library =
        arguments.output.empty() ? open_library(context, library::Access::write) : open_for_pictures(context);
    const auto folder = folder_of(context, library, arguments);
    gallery::check_folder(library, folder);
    const auto lock = lock_for_pictures(context, library);
    const auto clips = filtered(library, {});
    const auto write = [&] { return gallery::write(library, folder, &clips, observe(context, library)); };
    auto written = write();
    std::size_t made = 0;
    if (lock) {
        // The pages are there while their pictures are made, which may take long.
        made = make_pictures(context, library, *lock, clips);
        if (made > 0) written = write();
        render::sweep_pictures(library, *lock, clips);
    }
    const auto without = render::without_pictures(library, clips).size();
    if (context.options.json) {
        print_json(context, {{"path", written.index.string()},
                             {"films", written.films},
                             {"clips", written.clips},
                             {"pages", written.pages},
                             {"picturesMade", made},
                             {"clipsWithoutPictures", without}});
    } else {
        say_path(context, written.index.string());
        remark(context,
               fmt::format(
                   "{} film{} and {} clip{} on {} pages{}", written.films, written.films == 1 ? "" : "s", written.clips,
                   written.clips == 1 ? "" : "s", written.pages,
                   without == 0 ? "" : fmt::format("; {} clip{} without pictures", without, without == 1 ? "" : "s")));
    }
    if (arguments.open && !opened(context, written.index))
        remark(context, "xdg-open is not installed; open the page in a browser.");
    return 0;
}

}  // namespace

Action declare_gallery(Declaration command) {
    auto arguments = std::make_shared<GalleryArguments>();
    command.add_option("-o,--output", arguments->output, "Where to put the pages (default: .dadcam/gallery)")
        .type_name("DIR")
        .offers(Offered::folders);
    command.add_flag("--open", arguments->open, "Open them in the desktop's browser");
    return [arguments](Context& context) { return beside_exports([&] { return write_gallery(context, *arguments); }); };
}

}  // namespace dadcam::app
