#include <fmt/format.h>

#include <algorithm>
#include <libdadcam/footage/identity.hpp>
#include <libdadcam/library/clip_store.hpp>
#include <libdadcam/library/film_store.hpp>
#include <libdadcam/library/recipe_store.hpp>
#include <libdadcam/library/time_zone.hpp>
#include <libdadcam/process/tools.hpp>
#include <libdadcam/render/copying.hpp>
#include <libdadcam/render/entered.hpp>
#include <libdadcam/render/font.hpp>
#include <libdadcam/render/holes.hpp>
#include <libdadcam/render/job.hpp>
#include <libdadcam/render/measured.hpp>
#include <libdadcam/render/music.hpp>
#include <libdadcam/render/output.hpp>
#include <libdadcam/render/places.hpp>
#include <libdadcam/time.hpp>

namespace dadcam::render {
namespace {

constexpr std::chrono::minutes kPatience{1}, kPatienceWithNetwork{5};

/// The name less what an earlier rerun has put behind it.
std::string_view without_rerun(std::string_view name) {
    constexpr std::string_view kForm = " (rerun 00000000_000000)";  // '0': any digit
    if (name.size() < kForm.size()) return name;
    const auto end = name.substr(name.size() - kForm.size());
    const auto fits = [](char form, char c) { return form == '0' ? c >= '0' && c <= '9' : form == c; };
    if (!std::equal(kForm.begin(), kForm.end(), end.begin(), fits)) return name;
    return name.substr(0, name.size() - kForm.size());
}

/// Of what is not in the film, and why.
void leave_out(Job& job, const std::string& path, const char* why) {
    job.notes.push_back(fmt::format("Left out {}: {}.", path, why));
    job.left_out.push_back(path);
}

/// What each kind of request asks for. What the request says of the place and of broken clips comes first.
class Beginning {
public:
    Beginning(library::Library& library, const Request& request) : library_(library), request_(request) {}

    Job operator()(const OfRecipe& what) const {
        auto stored = library::find_recipe(library_, what.recipe);
        std::optional<SnapshotLut> lut;
        if (stored.recipe.lut) {
            auto found = library::find_lut(library_, *stored.recipe.lut);
            lut = SnapshotLut{std::move(found.name), std::move(found.content_id)};
        }
        auto job = asked(request_);
        job.recipe_id = stored.id;
        job.name = stored.recipe.name;
        if (what.draft) {
            stored.recipe.preset = recipe::kDraft;
            job.name += " (draft)";
        }
        auto clips = library::selected_clips(library_, stored.recipe);
        look_at_list(stored.recipe, clips, job);
        job.snapshot = take_snapshot(stored.recipe, std::move(clips), std::move(lut), library::zone_of(library_));
        for (const auto& path : stored.recipe.sound.music) job.snapshot.music.push_back({path, {}});
        return job;
    }

    Job operator()(const AgainAs& what) const {
        const auto old = library::find_run(library_, what.run);
        auto job = asked(request_);
        job.recipe_id = old.recipe_id;
        job.name = rerun_name(old.name, what.now);
        job.snapshot = snapshot_of(old);
        return job;
    }

    Job operator()(const GoingOn& what) const {
        const auto old = library::find_run(library_, what.run);
        auto job = as_before(old);
        job.resumed_from = old.id;
        job.notes.push_back(fmt::format("Continuing export {} \"{}\".", old.id, old.name));
        return job;
    }

    Job operator()(const Pending& what) const {
        const auto run = library::find_run(library_, what.run);
        if (run.status != library::RunStatus::pending) {
            throw Error(Category::general,
                        fmt::format("Export {} is not pending: it is {}.", run.id, library::name(run.status)),
                        fmt::format("`dadcam export-rerun {}` makes a new one from it.", run.id));
        }
        auto job = as_before(run);
        job.run = run.id;
        return job;
    }

private:
    /// What a list names and the library has no longer, and what it could name and does not.
    void look_at_list(recipe::Recipe& recipe, const std::vector<footage::Clip>& clips, Job& job) const {
        const auto gone = recipe::take_gone_off(recipe.list, clips);
        for (const auto& path : gone) {
            if (!*job.options.skip_broken) {
                throw Error(
                    Category::input_not_found,
                    fmt::format("The list has {}{}, no longer in the library.", path,
                                gone.size() > 1 ? fmt::format(" and {} more", gone.size() - 1) : ""),
                    "Add it again with dadcam ingest, take its line out with dadcam recipe-edit, or leave it out "
                    "with --on-error skip.");
            }
            leave_out(job, path, "it is no longer in the library");
        }
        if (const auto count = library::count_unlisted(library_, recipe); count > 0) {
            job.notes.push_back(fmt::format("{} clip{} would fit, but {} not in the list.", count,
                                            count == 1 ? "" : "s", count == 1 ? "is" : "are"));
        }
    }

    Snapshot snapshot_of(const library::Run& run) const {
        return read_snapshot(library::run_snapshot(library_, run.id));
    }

    Job asked(const Request& request) const {
        Job job;
        job.options = request.options;
        if (job.options.stall_timeout == job.options.stall_timeout.zero())
            job.options.stall_timeout = library_.host() != nullptr ? kPatienceWithNetwork : kPatience;
        job.options.skip_broken = request.options.skip_broken.value_or(false);
        if (request.output) {
            check_output(library_, *request.output, job.options.replace);
            job.wishes.path = library_.stored(*request.output);
        }
        job.wishes.replace = job.options.replace;
        job.wishes.skip_broken = *job.options.skip_broken;
        return job;
    }

    /// With the place of then comes the leave to replace what is there.
    Job as_before(const library::Run& run) const {
        auto request = request_;
        if (!request.output) {
            request.options.replace = request.options.replace || run.wishes.replace;
            if (run.wishes.path) request.output = film_place(library_, run);
        }
        if (!request.options.skip_broken) request.options.skip_broken = run.wishes.skip_broken;
        auto job = asked(request);
        job.recipe_id = run.recipe_id;
        job.name = run.name;
        job.left_out = run.left_out;
        job.snapshot = snapshot_of(run);
        return job;
    }

    library::Library& library_;
    const Request& request_;
};

/// Not even --force lets a draft replace a film that took a night.
void spare_finished_film(library::Library& library, const Job& job) {
    if (job.snapshot.preset.name != recipe::kDraft || !job.wishes.path) return;
    const auto place = library.located(*job.wishes.path);
    std::error_code error;
    if (!std::filesystem::is_regular_file(place, error)) return;
    if (library::is_finished_film(library, footage::content_identity(place))) {
        throw Error(Category::output_write_error,
                    fmt::format("{} is a finished film: a draft does not replace it.", place.string()),
                    "Choose another name, or leave -o out.");
    }
}

/// All that is drawn into pictures.
std::string drawn_text(const Snapshot& snapshot) {
    std::string text = snapshot.recipe.date_overlay ? snapshot.recipe.date_overlay->format : "";
    for (const auto& entry : snapshot.sequence)
        if (const auto* card = std::get_if<recipe::Card>(&entry)) text += card->title + card->subtitle;
    return text;
}

/// A snapshot of before keeps to what was known of its clips then, so that its film is the same; but not of one that is
/// another one now.
void measure(library::Library& library, Job& job, bool anew, const std::vector<std::string>& changed,
             const std::function<void(double)>& measuring, const process::Stop& stop) {
    const auto wanted = [&](const footage::Clip& clip) {
        return anew || std::find(changed.begin(), changed.end(), clip.path) != changed.end();
    };
    for (const auto& lost :
         measure_inputs(library, job.snapshot, job.tools, *job.options.skip_broken, wanted, measuring, stop)) {
        leave_out(job, lost, "it cannot be decoded");
    }
    if (anew) job.snapshot.format = timeline::choose_format(job.snapshot.recipe, job.snapshot.inputs);
}

void look_at_inputs(library::Library& library, Job& job, bool anew, const std::function<void(double)>& measuring,
                    const process::Stop& stop) {
    for (const auto& path : check_music(library, job.snapshot, job.tools.ffprobe, stop))
        job.notes.push_back(fmt::format("The music {} has changed; it is used as it is now.", path));
    const auto notes = check_inputs(library, job.snapshot, job.tools, *job.options.skip_broken, stop);
    for (const auto& path : notes.changed)
        job.notes.push_back(fmt::format("{} has changed since it was added; it was probed again.", path));
    for (const auto& path : notes.left_out) {
        leave_out(job, path, "it is missing");
    }
    measure(library, job, anew, notes.changed, measuring, stop);
}

/// A window that lies behind its clip's end shows nothing of it. That is said, or is a reason not to begin.
void require_windows(Job& job) {
    std::vector<bool> gone(job.snapshot.inputs.size());
    for (const auto& entry : job.snapshot.sequence) {
        const auto* shown = std::get_if<recipe::Shown>(&entry);
        if (shown == nullptr || shown->from_ms.value_or(0) * 1000 < job.snapshot.inputs[shown->clip].facts.duration_us)
            continue;
        const auto& path = job.snapshot.inputs[shown->clip].path;
        if (!*job.options.skip_broken) {
            throw Error(Category::input_not_found,
                        fmt::format("{} ends before the part that the list shows of it.", path),
                        "Edit the list with: dadcam recipe-edit RECIPE; or leave it out with --on-error skip.");
        }
        leave_out(job, path, "it ends before the part that the list shows of it");
        gone[shown->clip] = true;
    }
    const auto lost = static_cast<std::size_t>(std::count(gone.begin(), gone.end(), true));
    if (lost == gone.size()) throw Error(Category::input_not_found, "Nothing is left of the film.", "Edit the list.");
    if (lost > 0) take_off(job.snapshot, gone);
}

}  // namespace

Job prepare(library::Library& library, const Request& request, RenderTools tools, const process::Stop& stop,
            const std::function<void(double)>& measuring) {
    auto job = std::visit(Beginning(library, request), request.what);
    spare_finished_film(library, job);
    job.tools = std::move(tools);
    process::require_encoders(job.tools.ffmpeg, job.snapshot.preset.encoders, stop);
    if (const auto drawn = drawn_text(job.snapshot); !drawn.empty()) {
        auto font = find_font(job.tools.font_choice, stop);
        auto lacking = what_is_lacking(font, job.tools.font_choice, drawn, stop);
        if (!lacking.empty()) job.notes.push_back(std::move(lacking));
        job.tools.font = std::move(font.path);
        job.tools.font_id = std::move(font.content_id);
    }
    const bool anew = std::holds_alternative<OfRecipe>(request.what);
    look_at_inputs(library, job, anew, measuring, stop);
    require_windows(job);
    if (recipe::copies_pictures(job.snapshot.preset)) {
        for (const auto& [path, why] :
             look_at_pictures(library, job.snapshot, job.tools, *job.options.skip_broken, stop))
            leave_out(job, path, why.c_str());
    }
    job.plan = make_plan(job.snapshot, job.tools);
    if (recipe::copies_pictures(job.snapshot.preset))
        require_order(job.snapshot, job.plan);
    else if (anew && try_entries(library, job.snapshot, job.plan, job.tools, measuring, stop))
        job.plan = make_plan(job.snapshot, job.tools);
    job.moved = moved_windows(job.snapshot, job.plan);
    for (auto& sentence : sentences_of(job.moved)) job.notes.push_back(std::move(sentence));
    job.holes = holes_in(job.snapshot, job.plan);
    job.notes.insert(job.notes.end(), job.holes.begin(), job.holes.end());
    process::require_filters(job.tools.ffmpeg, filters_of(job.snapshot, job.plan), stop);
    return job;
}

std::string rerun_name(const std::string& name, std::chrono::sys_seconds now) {
    return fmt::format("{} (rerun {})", without_rerun(name), compact_utc(now));
}

}  // namespace dadcam::render
