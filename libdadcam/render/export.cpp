#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <libdadcam/ffmpeg/arguments.hpp>
#include <libdadcam/library/clip_store.hpp>
#include <libdadcam/library/segment_cache.hpp>
#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/render/execution.hpp>
#include <libdadcam/render/export.hpp>
#include <libdadcam/render/places.hpp>
#include <libdadcam/time.hpp>

namespace dadcam::render {
namespace {

namespace fs = std::filesystem;

std::string this_process() {
    std::array<char, 256> host{};
    ::gethostname(host.data(), host.size() - 1);
    return fmt::format("{}:{}", host.data(), ::getpid());
}

void tell(Outcome& outcome, const Error& error) {
    outcome.error_message = error.message();
    outcome.error_category = std::string(name(error.category()));
    outcome.advice = error.advice();
    outcome.exit_code = exit_code(error.category());
}

/// Where even that cannot be recorded, the run is left for the next sweep to find.
void report_failure(library::Library& library, Outcome& outcome, const Error& error) {
    tell(outcome, error);
    const auto next = fmt::format("Go on with: dadcam resume {}", outcome.run_id);
    outcome.advice = error.advice().empty() ? next : fmt::format("{} {}", error.advice(), next);
    try {
        library::end_run(library, outcome.run_id, error);
        library::add_log(
            library, outcome.run_id, error.category() == Category::cancelled ? "info" : "error",
            error.detail().empty() ? error.message() : fmt::format("{}\n{}", error.message(), error.detail()));
    } catch (const SQLite::Exception&) {
        outcome.advice = fmt::format("{} The history could not be written either.", error.advice());
    }
}

/// The film is in its place, whatever becomes of the record.
void report_success(library::Library& library, Outcome& outcome, const library::RunOutput& output) {
    outcome.output_path = library.located(output.path).string();
    outcome.output_size_bytes = output.size_bytes;
    outcome.duration_ms = output.duration_ms;
    try {
        if (!library::complete_run(library, outcome.run_id, output)) {
            throw Error(Category::general, "The export was ended by somebody else while it was being finished.",
                        "`dadcam export-details` shows its state.");
        }
        outcome.success = true;
    } catch (const SQLite::Exception& error) {
        const auto why = library::database_error(error);
        tell(outcome, Error(why.category(),
                            fmt::format("The film is finished: {}. But the history could not be written: {}",
                                        *outcome.output_path, why.message()),
                            "The next dadcam command writes it.", why.detail()));
    }
}

library::RunContents contents_of(const Snapshot& snapshot) {
    const auto items = timeline::lay_out(snapshot.recipe, snapshot.inputs, snapshot.format.rate);
    const auto frames = timeline::total_frames(items);
    library::RunContents contents{
        write_snapshot(snapshot), microseconds_at(frames, snapshot.format.rate) / 1000, frames.count, {}};
    for (const auto& item : items) {
        const auto& clip = snapshot.inputs[item.clip];
        contents.items.push_back({clip.id, clip.path, item.start.count, item.frames.count});
    }
    return contents;
}

/// Renders; what is broken is left out and the rest rendered again, if that is wanted and something is left.
library::RunOutput render_what_is_whole(library::Library& library, std::int64_t run_id, const RenderTools& tools,
                                        const RenderOptions& options, Observer& observer, const process::Stop& stop,
                                        std::set<std::string>& rendered, Outcome& outcome) {
    const auto recorded = [&] { return read_snapshot(library::run_snapshot(library, run_id)); };
    MeterHistory before;
    for (;;) {
        // Read anew each time: the run that it resumes may have been deleted meanwhile.
        Execution execution(library, library::find_run(library, run_id), recorded(), tools, options, observer, stop,
                            before, rendered);
        const auto count = [&] {
            outcome.segments_total = execution.segments();
            outcome.segments_reused = execution.reused();
            outcome.frames_total = execution.frames().count;
        };
        try {
            auto output = execution.render();
            count();
            return output;
        } catch (const Error& error) {
            count();
            const auto broken = options.skip_broken ? execution.broken_clips() : std::vector<std::size_t>{};
            if (broken.empty()) throw;
            auto snapshot = recorded();
            if (broken.size() == snapshot.inputs.size()) throw;
            for (auto index = broken.rbegin(); index != broken.rend(); ++index) {
                const auto clip = snapshot.inputs.begin() + static_cast<std::ptrdiff_t>(*index);
                outcome.left_out.push_back(clip->path);
                const auto text = fmt::format("Left out {}: {}", clip->path, error.message());
                observer.note(text);
                library::add_log(library, run_id, "warn", text);
                snapshot.inputs.erase(clip);
            }
            before = execution.history();
            update_run(library, run_id, snapshot);
            library::record_left_out(library, run_id, outcome.left_out);
        }
    }
}

/// Keeps the store within its limit. The film is done: what goes wrong here is tried again after the next one.
void tidy_store(library::Library& library, const library::WorkLock& lock, const RenderOptions& options,
                const std::set<std::string>& rendered) {
    try {
        if (!options.use_store) library::drop_segments(library, lock, {rendered.begin(), rendered.end()});
        library::trim_cache(library, lock, library::cache_limit(library));
    } catch (const Error&) {
    } catch (const SQLite::Exception&) {
    }
}

/// What a file system allows in a name, less what a temporary file's name has more.
constexpr std::size_t kLongestName = 255 - 50;

bool same_file(const fs::path& one, const fs::path& other) {
    struct stat a {
    }, b{};
    return ::lstat(one.c_str(), &a) == 0 && ::lstat(other.c_str(), &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

/// One of the clips, by whatever path: through another mount, or in other letters. A link to a clip elsewhere is not.
bool is_a_clip(library::Library& library, const fs::path& file) {
    for (const auto& [path, known] : library::known_files(library)) {
        const auto clip = library.root() / path;
        if (same_file(clip, file) && same_file(clip.parent_path(), file.parent_path())) return true;
    }
    return false;
}

/// Tries it: permissions do not tell all of a read-only medium, and nothing to root.
bool can_be_written(const fs::path& folder) {
    std::string name = (folder / ".dadcam-XXXXXX").string();
    const int descriptor = ::mkstemp(name.data());
    if (descriptor < 0) return false;
    ::close(descriptor);
    return ::unlink(name.c_str()) == 0;
}

/// The name less what an earlier rerun has put behind it.
std::string_view without_rerun(std::string_view name) {
    constexpr std::string_view kForm = " (rerun 00000000_000000)";  // '0': any digit
    if (name.size() < kForm.size()) return name;
    const auto end = name.substr(name.size() - kForm.size());
    const auto fits = [](char form, char c) { return form == '0' ? c >= '0' && c <= '9' : form == c; };
    if (!std::equal(kForm.begin(), kForm.end(), end.begin(), fits)) return name;
    return name.substr(0, name.size() - kForm.size());
}

}  // namespace

void check_output(library::Library& library, const fs::path& output, bool replace) {
    std::error_code error;
    const auto folder = output.parent_path();
    const auto refuse = [&](const std::string& reason, const std::string& advice) {
        throw Error(Category::output_write_error, fmt::format("{} cannot be written: {}.", output.string(), reason),
                    advice);
    };
    if (!output.has_filename() || fs::is_directory(output, error))
        refuse("it is a folder", "Name a file, for example film.mp4.");
    if (!fs::is_directory(folder, error))
        refuse("there is no such folder", "Make the folder first, or choose another.");
    const auto inside = library.stored(output);
    if (inside.rfind(std::string(library::kFolder) + "/", 0) == 0) {
        refuse("it lies among dadcam's own files", "Choose another place, or leave -o out.");
    }
    if (output.filename().string().size() > kLongestName) {
        refuse("its name is too long", fmt::format("Use at most {} bytes.", kLongestName));
    }
    const auto there = fs::symlink_status(output, error);
    if (fs::exists(there) && !replace) {
        refuse("it exists already", "Choose another name, or give --force to replace it when the film is finished.");
    }
    if (fs::exists(there) && !fs::is_regular_file(there) && !fs::is_symlink(there)) {
        refuse("it is not a file", "Choose another name.");
    }
    if (library::known_file(library, inside) || (fs::exists(there) && is_a_clip(library, output))) {
        refuse("it is one of the library's clips", "Choose another name. Originals are never replaced.");
    }
    if (!can_be_written(folder)) refuse("its folder is not writable", "Choose a folder that you can write to.");
}

std::int64_t create_run(library::Library& library, const RunOrigin& origin, const Snapshot& snapshot,
                        const RenderTools& tools) {
    library::NewRun run;
    run.recipe_id = origin.recipe_id;
    run.name = origin.name;
    run.pipeline_version = ffmpeg::kPipelineVersion;
    run.ffmpeg_version = tools.ffmpeg.version;
    run.wishes = origin.wishes;
    run.resumed_from = origin.resumed_from;
    if (origin.begun) run.owner = this_process();
    run.contents = contents_of(snapshot);
    return library::create_run(library, run);
}

void update_run(library::Library& library, std::int64_t run_id, const Snapshot& snapshot) {
    library::replace_contents(library, run_id, contents_of(snapshot));
}

Outcome run_export(library::Library& library, const library::WorkLock& lock, std::int64_t run_id,
                   const RenderTools& tools, const RenderOptions& options, std::vector<std::string> left_out,
                   Observer& observer, const process::Stop& stop) {
    const bool begun = library::find_run(library, run_id).status == library::RunStatus::rendering;
    if (!begun && !library::start_run(library, run_id, this_process())) {
        throw Error(Category::general, fmt::format("Export {} is not pending.", run_id),
                    fmt::format("`dadcam export-rerun {}` makes a new one from it.", run_id));
    }
    const auto run = library::find_run(library, run_id);
    const auto start = Clock::now();
    Outcome outcome;
    outcome.run_id = run_id;
    outcome.run_name = run.name;
    outcome.left_out = std::move(left_out);
    outcome.frames_total = run.frames_total;
    library::record_left_out(library, run_id, outcome.left_out);
    for (const auto& path : outcome.left_out) {
        library::add_log(library, run_id, "warn", fmt::format("Left out {}: it is not there.", path));
    }
    std::set<std::string> rendered;
    try {
        const auto output = render_what_is_whole(library, run_id, tools, options, observer, stop, rendered, outcome);
        report_success(library, outcome, output);
        if (outcome.success) tidy_store(library, lock, options, rendered);
        if (outcome.success && !outcome.left_out.empty()) outcome.exit_code = kLeftOut;
    } catch (const Error& error) {
        report_failure(library, outcome, error);
    } catch (const SQLite::Exception& error) {
        report_failure(library, outcome, library::database_error(error));
    } catch (const std::exception& error) {
        report_failure(library, outcome, Error(Category::general, "The export failed.", "Run it again.", error.what()));
    }
    outcome.elapsed_seconds = std::chrono::duration<double>(Clock::now() - start).count();
    observer.completed(outcome);
    return outcome;
}

Font find_font() {
    for (const char* path : {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/TTF/DejaVuSans.ttf",
                             "/usr/share/fonts/dejavu/DejaVuSans.ttf"}) {
        std::error_code error;
        if (fs::is_regular_file(path, error)) return {path, footage::content_identity(path)};
    }
    throw Error(Category::tool_missing, "There is no font to draw the date with.",
                "Install one with: apt install fonts-dejavu-core");
}

std::string rerun_name(const std::string& name, std::chrono::sys_seconds now) {
    return fmt::format("{} (rerun {})", without_rerun(name), compact_utc(now));
}

}  // namespace dadcam::render
