#include <fmt/format.h>

#include <apps/clip_choice.hpp>
#include <apps/clip_text.hpp>
#include <apps/commands.hpp>
#include <apps/picturing.hpp>
#include <apps/render/format.hpp>
#include <apps/rendering.hpp>
#include <libdadcam/ffmpeg/contact_sheet.hpp>
#include <libdadcam/library/atomic_file.hpp>
#include <libdadcam/library/time_zone.hpp>
#include <libdadcam/process/input.hpp>
#include <libdadcam/render/clip_pictures.hpp>
#include <libdadcam/render/encoder.hpp>
#include <libdadcam/render/font.hpp>
#include <libdadcam/render/output.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostClips = 300;  // more make a sheet that few programs open
constexpr std::size_t kOneColumn = 12;
constexpr int kWidestText = 100;  // letters

struct ClipSheetArguments {
    ClipChoice choice;
    std::string output;
    bool force = false;
};

void check(const ClipSheetArguments& arguments) {
    check(arguments.choice);
    if (narrows(arguments.choice) && !arguments.choice.ids.empty())
        throw Error(Category::usage, "Name clips, or say what they are like, but not both.");
    const auto extension = fs::path(arguments.output).extension();
    if (extension != ".jpg" && extension != ".jpeg")
        throw Error(Category::usage, "A contact sheet is a JPEG.", "Name a file that ends with .jpg.");
}

std::vector<footage::Clip> clips_for_sheet(library::Library& library, const ClipChoice& choice) {
    auto clips = choice.ids.empty() ? filtered(library, choice) : named_clips(library, choice.ids);
    if (clips.empty()) throw Error(Category::general, "There are no such clips.", "`dadcam clips` lists them.");
    if (clips.size() > kMostClips)
        throw Error(Category::usage,
                    fmt::format("These are {} clips; a contact sheet holds {}.", clips.size(), kMostClips),
                    "Choose fewer, for example with --event, --camera, --from and --to.");
    return clips;
}

std::vector<ffmpeg::SheetRow> rows_of(library::Library& library, const std::vector<footage::Clip>& clips) {
    const auto zone = library::zone_of(library);
    std::vector<ffmpeg::SheetRow> rows;
    for (const auto& clip : clips) {
        const auto strip = render::pictures_of(library, clip);
        const auto words = fmt::format("{}  {}  {}  {}", clip.id, recorded_text(clip.recorded, zone),
                                       length_of(clip.facts), printable(fs::path(clip.path).filename().string()));
        rows.push_back({strip.empty() ? std::string() : process::as_input(strip), fit_middle(words, kWidestText)});
    }
    return rows;
}

void make_sheet(const Context& context, library::Library& library, const std::vector<footage::Clip>& clips,
                const fs::path& place, bool force) {
    const auto tools = find_render_tools(context, library, {});
    const auto font = render::find_font(font_choice(context), context.stop);
    library::AtomicFile file(place, place.parent_path() / fmt::format(".{}.dadcam.tmp", place.filename().string()));
    const auto output = process::as_input(file.temporary());
    auto arguments = ffmpeg::sheet_arguments(rows_of(library, clips), clips.size() > kOneColumn ? 2 : 1,
                                             process::as_input(font.path), output);
    render::RenderOptions options;
    options.stall_timeout = std::chrono::minutes{5};
    const auto encoded =
        render::encode(render::encoding_of(tools, options, std::move(arguments), output), {}, context.stop);
    if (encoded.error) throw Error(*encoded.error);
    const auto warning = file.commit(force ? library::Existing::replace : library::Existing::keep);
    if (!warning.empty()) remark(context, warning);
}

int clip_sheet(Context& context, const ClipSheetArguments& arguments) {
    auto library = open_for_pictures(context);
    const auto clips = clips_for_sheet(library, arguments.choice);
    const auto place = context.folder / arguments.output;
    render::check_output(library, place, arguments.force);
    {
        const auto lock = lock_for_pictures(context, library);
        if (lock) make_pictures(context, library, *lock, clips);
    }
    make_sheet(context, library, clips, place, arguments.force);
    if (context.options.json)
        print_json(context, {{"path", place.string()}, {"clips", clips.size()}});
    else
        say_path(context, place.string());
    return 0;
}

}  // namespace

Action declare_clip_sheet(Declaration command) {
    auto arguments = std::make_shared<ClipSheetArguments>();
    command.add_option("CLIP", arguments->choice.ids, "Ids, as `dadcam clips` lists them (default: all)");
    declare_filters(command, arguments->choice);
    command.add_option("-o,--output", arguments->output, "Where to put the sheet, a .jpg")
        .required()
        .type_name("FILE")
        .offers(Offered::files);
    command.add_flag("--force", arguments->force, "Replace a file that is there");
    return [arguments](Context& context) {
        check(*arguments);
        return beside_exports([&] { return clip_sheet(context, *arguments); });
    };
}

}  // namespace dadcam::app
