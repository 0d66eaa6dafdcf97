#include <fmt/format.h>

#include <libdadcam/library/run_log.hpp>
#include <libdadcam/library/segment_cache.hpp>
#include <libdadcam/render/broken_clips.hpp>
#include <libdadcam/render/coordinator.hpp>
#include <libdadcam/render/damage.hpp>
#include <libdadcam/render/record.hpp>
#include <libdadcam/render/run.hpp>
#include <libdadcam/render/sweep.hpp>
#include <optional>
#include <set>
#include <vector>

namespace dadcam::render {
namespace {

void tell(Outcome& outcome, const Error& error) {
    outcome.error_message = error.message();
    outcome.error_category = std::string(name(error.category()));
    outcome.advice = error.advice();
    outcome.exit_code = exit_code(error.category());
}

/// Where even that cannot be recorded, the run is left for the next sweep to find.
void report_failure(library::Library& library, Outcome& outcome, const Error& error, bool passing) {
    tell(outcome, error);
    const auto next = fmt::format("Continue with: dadcam resume {}", outcome.run_id);
    outcome.advice = error.advice().empty() ? next : fmt::format("{} {}", error.advice(), next);
    if (passing) outcome.advice.reset();  // it would be about what is gone
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
            throw Error(Category::general, "Another dadcam ended the export while it was being finished.",
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

/// Takes what is broken off the job, and says so.
void leave_out(library::Library& library, Job& job, const std::vector<std::size_t>& broken, const Error& why,
               Observer& observer) {
    std::vector<bool> gone(job.snapshot.inputs.size());
    for (auto index = broken.rbegin(); index != broken.rend(); ++index) {
        const auto& clip = job.snapshot.inputs[*index];
        job.left_out.push_back(clip.path);
        const auto text = fmt::format("Left out {}: {}", clip.path, why.message());
        observer.note(text);
        library::add_log(library, *job.run, "warn", text);
        gone[*index] = true;
    }
    take_off(job.snapshot, gone);
    job.plan = make_plan(job.snapshot, job.tools);
    record_change(library, job);
    library::record_left_out(library, *job.run, job.left_out);
}

/// Renders; what is broken is left out and the rest rendered again, if that is wanted and something is left.
library::RunOutput render_what_is_whole(library::Library& library, Job& job, Observer& observer,
                                        const process::Stop& stop, Attempt& attempt, Outcome& outcome) {
    for (;;) {
        std::vector<std::size_t> broken;
        std::optional<Error> why;
        {
            Coordinator coordinator(library, job, observer, stop, attempt);
            const auto count = [&] {
                outcome.segments_total = coordinator.segments();
                outcome.segments_reused = coordinator.reused();
                outcome.frames_total = job.plan.frames().count;
            };
            try {
                auto output = coordinator.render();
                count();
                return output;
            } catch (const Error& failed) {
                count();
                // What a store that is gone has brought about is no clip's fault.
                const auto error = library::or_store_away(failed, library.store());
                if (*job.options.skip_broken && about_a_clip(error)) broken = coordinator.broken_clips();
                if (broken.empty() || broken.size() == job.snapshot.inputs.size()) throw Error(error);
                attempt.history = coordinator.history();
                why.emplace(error);
            }
        }  // until here the encoders of the sound read the job
        leave_out(library, job, broken, *why, observer);
    }
}

/// What stands still in a film, or is silent, because it cannot be decoded is not in it. Where the database is away,
/// the film is done all the same.
void name_damage(library::Library& library, Job& job) {
    try {
        auto found = damaged_in(library, job.snapshot, job.plan);
        std::erase_if(found, [&](const auto& one) {
            return std::find(job.left_out.begin(), job.left_out.end(), one) != job.left_out.end();
        });
        if (found.empty()) return;
        job.left_out.insert(job.left_out.end(), found.begin(), found.end());
        for (const auto& damaged : found) {
            library::add_log(library, *job.run, "warn", fmt::format("Left out {}: it cannot be decoded.", damaged));
        }
        library::record_left_out(library, *job.run, job.left_out);
    } catch (const SQLite::Exception& error) {
        job.left_out.push_back(fmt::format("what is damaged ({})", library::database_error(error).message()));
    }
}

/// Keeps the store within its limit. The film is done: what goes wrong here is tried again after the next one.
void tidy_store(library::Library& library, const library::WorkLock& lock, const Job& job,
                const std::set<std::string>& rendered) {
    const bool only_sound = recipe::copies_pictures(job.snapshot.preset);
    try {
        if (only_sound) library::drop_segments(library, lock, job.plan.keys);
        if (!job.options.use_store) library::drop_segments(library, lock, {rendered.begin(), rendered.end()});
        library::trim_cache(library, lock, library::cache_limit(library));
    } catch (const Error&) {
    } catch (const SQLite::Exception&) {
    }
}

}  // namespace

Outcome run(library::Library& library, const library::WorkLock& lock, Job job, Observer& observer,
            const process::Stop& stop) {
    const auto start = Clock::now();
    Outcome outcome;
    outcome.run_id = record_begun(library, job);
    outcome.run_name = job.name;
    outcome.frames_total = job.plan.frames().count;
    for (const auto& path : job.left_out) {
        library::add_log(library, *job.run, "warn", fmt::format("Left out {}.", path));
    }
    for (const auto& hole : job.holes) library::add_log(library, *job.run, "warn", hole);
    for (const auto& sentence : sentences_of(job.moved)) library::add_log(library, *job.run, "info", sentence);
    try {
        Attempt attempt;
        if (job.resumed_from) clear_up_after(library, *job.resumed_from, lock);
        const auto output = render_what_is_whole(library, job, observer, stop, attempt, outcome);
        report_success(library, outcome, output);
        if (outcome.success) name_damage(library, job);
        if (outcome.success) tidy_store(library, lock, job, attempt.rendered);
        if (outcome.success && !job.left_out.empty()) outcome.exit_code = kLeftOut;
    } catch (const Error& error) {
        report_failure(library, outcome, error, job.options.passing);
    } catch (const SQLite::Exception& error) {
        report_failure(library, outcome, library::database_error(error), job.options.passing);
    } catch (const std::exception& error) {
        report_failure(library, outcome, Error(Category::general, "The export failed.", "Run it again.", error.what()),
                       job.options.passing);
    }
    outcome.left_out = std::move(job.left_out);
    outcome.elapsed_seconds = std::chrono::duration<double>(Clock::now() - start).count();
    observer.completed(outcome);
    return outcome;
}

}  // namespace dadcam::render
