#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <apps/gallery/refreshing.hpp>
#include <apps/person.hpp>
#include <apps/render/format.hpp>
#include <apps/render/observers.hpp>
#include <apps/render/progress_line.hpp>
#include <apps/render/timed.hpp>
#include <apps/rendering.hpp>
#include <cmath>
#include <libdadcam/library/settings.hpp>
#include <utility>

namespace dadcam::app {
namespace {

constexpr unsigned kMostJobs = 64;

void print_result(const Context& context, const render::Outcome& outcome, bool passing) {
    if (context.options.json) return;  // the observer's last line has it
    if (outcome.success) {
        say_path(context, *outcome.output_path);
        if (!outcome.left_out.empty()) {
            context.terminal.err << printable(fmt::format("Not in the film: {}", fmt::join(outcome.left_out, ", ")))
                                 << '\n';
        }
        remark(context, fmt::format("Export {} \"{}\": {}, {}, {} frames, in {}{}", outcome.run_id, outcome.run_name,
                                    clock(static_cast<double>(outcome.duration_ms.value_or(0)) / 1000),
                                    file_size(outcome.output_size_bytes.value_or(0)), outcome.frames_total,
                                    clock(outcome.elapsed_seconds),
                                    outcome.segments_reused == 0
                                        ? ""
                                        : fmt::format(" ({} of {} segments were already there)",
                                                      outcome.segments_reused, outcome.segments_total)));
        return;
    }
    auto& err = context.terminal.err;
    err << printable(fmt::format("dadcam: export {} \"{}\": {}", outcome.run_id, outcome.run_name,
                                 outcome.error_message.value_or("It failed.")))
        << '\n';
    if (!outcome.advice.value_or("").empty()) err << printable(*outcome.advice) << '\n';
    if (outcome.error_category != name(Category::cancelled) && !passing)
        err << fmt::format("What happened: dadcam export-details {} --logs\n", outcome.run_id);
}

/// --launcher, else the person's, in words. Error(usage).
std::vector<std::string> launcher(const Context& context, library::Library& library, const RenderArguments& arguments) {
    if (const auto old = library::find_setting(library, library::kOldLauncherSetting)) {
        remark(context, fmt::format("The launcher \"{}\" is no longer used: it was stored in the library, which can "
                                    "come from anyone. If it is yours: dadcam config --global launcher WORDS",
                                    *old));
        if (!context.options.quiet) library::unset_setting(library, library::kOldLauncherSetting);  // said once
    }
    return arguments.launcher ? words_of(*arguments.launcher) : launcher_of_person(context);
}

}  // namespace

std::vector<std::string> launcher_of_person(const Context& context) {
    if (const auto set = context.terminal.variable("DADCAM_LAUNCHER")) return words_of(*set);
    return words_of(personal_config(context.terminal).launcher.value_or(""));
}

render::FontChoice font_choice(const Context& context) {
    render::FontChoice choice;
    choice.search_path = tool_paths(context).search_path;
    if (const auto set = context.terminal.variable("DADCAM_FONT"))
        choice.file = (context.folder / *set).string();
    else if (const auto font = personal_config(context.terminal).font)
        choice.file = font->string();
    return choice;
}

std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words;
    std::string word;
    bool inside = false;
    char quote = 0;
    for (const char c : text) {
        if (quote != 0 ? c == quote : c == '\'' || c == '"') {
            quote = quote != 0 ? '\0' : c;
            inside = true;
        } else if (quote == 0 && (c == ' ' || c == '\t')) {
            if (inside) words.push_back(std::exchange(word, {}));
            inside = false;
        } else {
            word += c;
            inside = true;
        }
    }
    if (quote != 0) throw Error(Category::usage, fmt::format("A quote in \"{}\" has no end.", text));
    if (inside) words.push_back(word);
    return words;
}

void add_render_options(Declaration command, RenderArguments& arguments) {
    command.add_option("-o,--output", arguments.output, "Where to put the film (default: .dadcam/exports)")
        .type_name("FILE")
        .offers(Offered::files);
    command.add_flag("--force", arguments.force, "Replace a file that is there, once the film is finished");
    command.add_option("--jobs", arguments.jobs, "Segments rendered at once (default: as the machine allows)")
        .range(1U, kMostJobs);
    command
        .add_option(
            "--stall-timeout", arguments.stall_seconds,
            "Give up on ffmpeg after this many seconds without progress (default: 60; 300 for a library on a network)")
        .range(1.0, 86400.0);
    command
        .add_option("--on-error", arguments.on_error,
                    "stop (default), or skip: leave out clips that cannot be rendered (exit code 3)")
        .one_of({"stop", "skip"});
    command
        .add_option("--launcher", arguments.launcher,
                    "Put these words before every ffmpeg command: srun, \"ssh host\", nice (default: $DADCAM_LAUNCHER, "
                    "else `dadcam config --global`)")
        .type_name("WORDS")
        .offers({"srun", "ssh", "nice"});
    command.add_flag("--verify", arguments.verify, "Read every finished segment again before it is used");
    command.add_flag("--no-cache", arguments.no_cache, "Render every segment again, and keep none of them");
    command.add_flag("--wait", arguments.wait, "Wait while another dadcam renders in this library");
}

render::Request request_of(const Context& context, const RenderArguments& arguments) {
    render::Request request;
    if (!arguments.output.empty()) {
        std::error_code error;
        const auto named = context.folder / arguments.output;
        request.output = std::filesystem::weakly_canonical(named.parent_path(), error) / named.filename();
    }
    auto& options = request.options;
    options.jobs = arguments.jobs;
    options.replace = arguments.force;
    if (!arguments.on_error.empty()) options.skip_broken = arguments.on_error == "skip";
    options.verify = arguments.verify;
    options.use_store = !arguments.no_cache;
    options.stall_timeout = std::chrono::milliseconds(std::llround(arguments.stall_seconds * 1000));
    return request;
}

render::RenderTools find_render_tools(const Context& context, library::Library& library,
                                      const RenderArguments& arguments) {
    const auto paths = tool_paths(context);
    auto ffmpeg = process::find_ffmpeg(paths, launcher(context, library, arguments), context.stop);
    auto ffprobe = process::find_ffprobe(paths, ffmpeg, context.stop);
    return {std::move(ffmpeg), std::move(ffprobe), font_choice(context)};
}

library::WorkLock lock_for_rendering(const Context& context, library::Library& library, bool wait) {
    constexpr std::chrono::milliseconds kBetweenTries{50};
    constexpr int kTries = 10;  // a command that only sweeps up has the lock for a moment
    for (int tries = 0;; ++tries) {
        if (auto lock = library::WorkLock::acquire(library, library::Work::rendering)) {
            sweep(context, library, *lock);
            return std::move(*lock);
        }
        if (tries == kTries && !wait) {
            throw library::WorkLock::held_by_another(library, library::Work::rendering);
        }
        if (tries == kTries) remark(context, "Waiting for another dadcam to finish rendering in this library…");
        if (context.stop.requested_within(kBetweenTries)) throw Error(Category::cancelled, "Stopped waiting.");
    }
}

render::Job prepare(const Context& context, library::Library& library, const render::Request& request,
                    const render::RenderTools& tools) {
    render::Job job;
    const auto begun = std::chrono::steady_clock::now();
    {
        ProgressLine line(context);
        job = render::prepare(library, request, tools, context.stop, [&](double part) { line.show_measured(part); });
    }
    for (const auto& note : job.notes) remark(context, note);
    if (context.options.verbose)
        remark(context, fmt::format("Looking at the clips took {}.", took(std::chrono::steady_clock::now() - begun)));
    return job;
}

int render(Context& context, library::Library& library, const library::WorkLock& lock, render::Job job) {
    render::Outcome outcome;
    const bool passing = job.options.passing;
    {
        auto observer = make_observer(context.terminal, context.options);
        if (gallery::is_on(library)) observer = std::make_unique<gallery::Refreshing>(std::move(observer), library);
        outcome = render::run(library, lock, std::move(job), *observer, context.stop);
    }
    print_result(context, outcome, passing);
    return outcome.exit_code;
}

}  // namespace dadcam::app
