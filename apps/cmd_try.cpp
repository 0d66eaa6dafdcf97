#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <apps/clip_choice.hpp>
#include <apps/commands.hpp>
#include <apps/ingesting.hpp>
#include <apps/opening.hpp>
#include <apps/rendering.hpp>
#include <libdadcam/library/holder.hpp>
#include <libdadcam/library/recipe_store.hpp>
#include <libdadcam/library/time_zone.hpp>
#include <libdadcam/render/output.hpp>
#include <libdadcam/temporary_folder.hpp>
#include <memory>
#include <optional>

namespace dadcam::app {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMinute = 60'000;   // milliseconds: how long the film is at the most
constexpr std::int64_t kShortest = 4'000;  // of each clip, in a film of very many
constexpr footage::Size kSize{1280, 720};  // made quickly, and good enough to judge by

struct TryArguments {
    std::string folder = ".";
    std::string output;
    bool force = false;
    bool no_open = false;
};

/// A folder for a library among the system's temporary files, gone with its scope. A lock says that it is in use: what
/// was killed is removed by the next one.
class PassingFolder {
public:
    PassingFolder() {
        sweep();
        folder_ = make_temporary_folder(kBeginning);
        lock_.emplace(library::HolderFile::open(folder_ / kLock));
        lock_->lock(F_WRLCK);
    }
    ~PassingFolder() {
        std::error_code error;
        fs::remove_all(folder_, error);
    }
    PassingFolder(const PassingFolder&) = delete;
    PassingFolder& operator=(const PassingFolder&) = delete;

    const fs::path& path() const { return folder_; }

private:
    static constexpr const char* kBeginning = "dadcam-try-";
    static constexpr const char* kLock = "try.lock";

    static void sweep() {
        std::error_code error;
        for (const auto& entry : fs::directory_iterator(temporary_place(), error)) {
            if (!entry.path().filename().string().starts_with(kBeginning)) continue;
            const auto lock = library::HolderFile::look(entry.path() / kLock);
            if (lock && !lock->is_locked()) fs::remove_all(entry.path(), error);
        }
    }

    fs::path folder_;
    std::optional<library::HolderFile> lock_;
};

/// Of so many clips, as many as there is time for, from the first to the last.
std::vector<footage::Clip> spread(std::vector<footage::Clip> clips) {
    constexpr std::size_t kMost = kMinute / kShortest;
    if (clips.size() <= kMost) return clips;
    std::vector<footage::Clip> some;
    for (std::size_t at = 0; at < kMost; ++at) some.push_back(clips[at * (clips.size() - 1) / (kMost - 1)]);
    return some;
}

/// How much of each clip makes a minute, in milliseconds: short clips are taken whole, and leave their time to others.
std::int64_t longest_part(const std::vector<footage::Clip>& clips) {
    std::vector<std::int64_t> lengths;
    for (const auto& clip : clips) lengths.push_back(clip.facts.duration_us / 1000);
    std::sort(lengths.begin(), lengths.end());
    std::int64_t left = kMinute;
    for (std::size_t at = 0; at < lengths.size(); ++at) {
        const auto others = static_cast<std::int64_t>(lengths.size() - at);
        if (lengths[at] * others > left) return std::max<std::int64_t>(1, left / others);
        left -= lengths[at];
    }
    return kMinute;
}

recipe::Recipe recipe_for(library::Library& library, const std::string& name) {
    const auto all = filtered(library, {});
    const auto some = spread(all);
    std::vector<std::int64_t> others;
    for (const auto& clip : all)
        if (std::none_of(some.begin(), some.end(), [&](const auto& chosen) { return chosen.id == clip.id; }))
            others.push_back(clip.id);
    if (!others.empty()) library::add_tag(library, "archived", others);
    recipe::Recipe recipe;
    recipe.name = name;
    recipe.resolution = kSize;
    recipe.max_clip_ms = longest_part(some);
    return recipe;
}

/// "/" has none.
std::string name_of(const fs::path& folder) {
    const auto name = folder.filename().string();
    return name.empty() ? "dadcam-try" : name;
}

fs::path film_place(const Context& context, const TryArguments& arguments, const fs::path& folder) {
    if (!arguments.output.empty()) return context.folder / arguments.output;
    return context.folder / (name_of(folder) + ".mp4");
}

int try_it(Context& context, const TryArguments& arguments) {
    std::error_code error;
    const auto folder = fs::canonical(context.folder / arguments.folder, error);
    if (error || !fs::is_directory(folder))
        throw Error(Category::input_not_found, fmt::format("{} is not a folder.", arguments.folder),
                    "Name the folder that your clips are in.");
    RenderArguments wishes;
    wishes.output = film_place(context, arguments, folder).string();
    wishes.force = arguments.force;
    wishes.on_error = "skip";
    const PassingFolder passing;
    auto library = library::Library::init(passing.path(), name_of(folder));
    library::set_zone(library, machine_zone(context));
    auto request = request_of(context, wishes);
    request.options.passing = true;
    render::check_output(library, *request.output, wishes.force);
    const auto report = take_in(context, library, {.places = {folder}});
    for (const auto& row : report.refused)
        remark(context, fmt::format("left out: {}: {}", row.path.string(), row.reason));
    if (report.added.empty())
        throw Error(Category::input_not_found, fmt::format("There are no clips in {}.", folder.string()),
                    "Name the folder that your clips are in.");
    const auto recipe = library::add_recipe(library, recipe_for(library, "Try"));
    request.what = render::OfRecipe{fmt::format("{}", recipe)};
    const auto tools = find_render_tools(context, library, wishes);
    const auto lock = lock_for_rendering(context, library, false);
    const int code = render(context, library, lock, prepare(context, library, request, tools));
    const bool made = code == 0 || code == render::kLeftOut;
    const bool has_desktop = context.terminal.variable("DISPLAY") || context.terminal.variable("WAYLAND_DISPLAY");
    if (made && has_desktop && context.terminal.out_is_terminal && !arguments.no_open) opened(context, *request.output);
    if (made) remark(context, "To keep a list of your clips and make more of them: dadcam init, in their folder.");
    return code;
}

}  // namespace

Action declare_try(Declaration command) {
    auto arguments = std::make_shared<TryArguments>();
    command.add_option("FOLDER", arguments->folder, "Where the clips are (default: the current folder)")
        .offers(Offered::folders);
    command
        .add_option("-o,--output", arguments->output,
                    "Where to put the film (default: FOLDER.mp4, in the current folder)")
        .type_name("FILE")
        .offers(Offered::files);
    command.add_flag("--force", arguments->force, "Replace a file that is there, once the film is finished");
    command.add_flag("--no-open", arguments->no_open, "Do not open the film on the desktop");
    return [arguments](Context& context) { return try_it(context, *arguments); };
}

}  // namespace dadcam::app
