#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sqlite3.h>

#include <algorithm>
#include <libdadcam/ffmpeg/arguments.hpp>
#include <libdadcam/library/measurement_store.hpp>
#include <libdadcam/library/run_cancel.hpp>
#include <libdadcam/library/run_log.hpp>
#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/process/input.hpp>
#include <libdadcam/render/broken_clips.hpp>
#include <libdadcam/render/coordinator.hpp>
#include <libdadcam/render/disk.hpp>
#include <libdadcam/render/places.hpp>
#include <libdadcam/render/record.hpp>
#include <libdadcam/render/schedule.hpp>

namespace dadcam::render {
namespace {

/// How long the coordinator waits when there is no news to pass on.
constexpr std::chrono::seconds kIdle{1};

/// ffmpeg alone can read what it could not read behind the launcher.
Error launcher_failed(const std::string& launcher, const Error& error) {
    return Error(error.category() == Category::timeout ? Category::timeout : Category::encoding_error,
                 fmt::format("The launcher {} failed: without it, ffmpeg can read every clip.", launcher),
                 "Try the launcher by hand; --launcher \"\" renders without it.",
                 fmt::format("{}\n{}", error.message(), error.detail()));
}

}  // namespace

Coordinator::Coordinator(library::Library& library, const Job& job, Observer& observer, const process::Stop& stop,
                         Attempt& attempt)
    : library_(library),
      run_(library::find_run(library, *job.run)),
      job_(job),
      observer_(observer),
      stop_(&stop),
      jobs_(job.options.jobs > 0 ? job.options.jobs : workers_for(this_machine(), job.snapshot)),
      meter_(job.plan.frames(), job.snapshot.format.rate, Clock::now(), attempt.history),
      recorder_(library, run_.id, meter_),
      ahead_(library, run_.id, job, jobs_),
      attempt_(attempt) {}

library::RunOutput Coordinator::render() {
    record_segments(library_, job_);
    take_from_store();
    publish(Stage::starting, "Starting export...");
    check_disk();
    assembly_.emplace(AssemblyJob{library_, run_, job_.snapshot, job_.plan, job_.tools, job_.options, jobs_, stop_},
                      assembly_listener());
    if (!inventory_.missing.empty() || !assembly_->copy_earlier()) render_segments();
    publish_joining();
    return assembly_->finish();
}

void Coordinator::take_from_store() {
    inventory_ = take_inventory(library_, job_, attempt_.rendered, [this] {
        if (!go_on()) throw cancelled();
    });
    SQLite::Transaction transaction(library_.database(), SQLite::TransactionBehavior::IMMEDIATE);
    for (const auto index : inventory_.there) {
        library::reuse_segment(library_, run_.id, index, job_.plan.keys[index]);
        if (!copies_pictures()) meter_.reuse(job_.plan.segments[index].frames);
    }
    transaction.commit();
    if (copies_pictures()) return;
    for (const auto& [first, twins] : inventory_.twins)
        for (const auto twin : twins) meter_.reuse(job_.plan.segments[twin].frames);
    log_again(why_again(library_, job_, inventory_));
}

void Coordinator::log_again(std::vector<std::string> sentences) {
    constexpr std::size_t kMost = 100;
    if (sentences.empty()) return;
    const auto all = sentences.size();
    const auto more = all - std::min(kMost, all);
    sentences.resize(all - more);
    log("info", fmt::format("{}{}", fmt::join(sentences, "\n"), more > 0 ? fmt::format("\n… and {} more", more) : ""));
    observer_.note(all == 1 ? sentences.front()
                            : fmt::format("{} And {} more: `dadcam export-details {} --logs` lists them.",
                                          sentences.front(), all - 1, run_.id));
}

void Coordinator::check_disk() {
    const auto room =
        room_for(library_, film_place(library_, run_), forecast(job_.snapshot, job_.plan, inventory_.sizes));
    if (room.verdict == Room::Verdict::enough) return;
    if (room.verdict == Room::Verdict::too_small) {
        throw Error(Category::disk_full, fmt::format("There is not enough room for the film. {}", room.text),
                    "Free some space, or put the film on another disk with -o.");
    }
    const auto warning = fmt::format("The film may not fit. {}", room.text);
    observer_.note(warning);
    log("warn", warning);
}

/// False once somebody asked through the database to cancel the run: looked for once a second.
bool Coordinator::go_on() {
    constexpr std::chrono::seconds kInterval{1};
    const auto now = Clock::now();
    if (now - looked_for_cancel_ < kInterval || stop_.requested()) return !stop_.requested();
    looked_for_cancel_ = now;
    try {
        if (library::cancel_requested(library_, run_.id)) stop_.request();
    } catch (const SQLite::Exception& error) {
        if (error.getErrorCode() != SQLITE_BUSY) throw;  // looked for again in a second
    }
    return !stop_.requested();
}

/// Made by the worker that takes it: of thousands, few are needed at a time.
Task Coordinator::task_for(std::size_t index) const {
    const auto& segment = job_.plan.segments[index];
    const auto place = segment_place(library_, job_.plan.keys[index]);
    const auto temporary = beside(library_, place, run_.id);
    library_.make_own_folder(temporary.parent_path());
    const auto output = process::as_input(temporary);
    const auto arguments = ffmpeg::segment_arguments(film_of(library_, job_.snapshot, job_.plan, job_.tools), segment,
                                                     input_names(library_), output);
    Task task{encoding_of(job_.tools, job_.options, arguments, output), temporary, place,
              Measured{copies_pictures() ? Frames{} : segment.frames,
                       timeline::samples_of(job_.plan.items, segment, job_.snapshot.format.rate)}};
    task.look_for_damage = [this, &segment] {
        return look_for_damage(film_of(library_, job_.snapshot, job_.plan, job_.tools), segment, input_names(library_),
                               job_.tools.ffmpeg.path, stop_);
    };
    // The sound's encoders go before: at the end, and where little is new, the film waits for them alone.
    constexpr int kNicer = 5;
    task.encoding.command.nicer = kNicer;
    return task;
}

void Coordinator::render_segments() {
    const auto& missing = inventory_.missing;
    for (const auto index : inventory_.there) assembly_->segment_there(index);
    if (missing.empty()) return;
    drop_used_sound();
    // Where pictures are copied, the sound's encoders wait for the first segments until the end.
    Workers workers(
        copies_pictures() ? missing : order_of(missing, job_.plan.segments, jobs_),
        [this](std::size_t index) { return task_for(index); }, jobs_, stop_,
        [&](std::size_t index) { return ahead_.may_begin(index); });
    while (!workers.exhausted()) {
        go_on();
        if (const auto news = workers.next(throttle_.next().value_or(Clock::now() + kIdle))) take(*news);
        look_after_sound(workers);
        if (failure_ && !(job_.options.skip_broken.value_or(false) && about_a_clip(*failure_))) workers.abort();
        count_copied();
        if (throttle_.due(Clock::now())) publish(Stage::encoding, operation());
        if (recorder_.is_due()) recorder_.record(operation());
    }
    if (stop_.requested() || failure_) recorder_.record_last(operation());
    if (stop_.requested()) throw cancelled();
    if (failure_) throw assembly_->cause_of(*failure_);
}

/// A film without its sound is none: there is no use in rendering on.
void Coordinator::look_after_sound(Workers& workers) {
    drop_used_sound();
    if (failure_ || stop_.requested()) return;
    if (const auto error = assembly_->failure()) {
        failure_.emplace(*error);
        workers.abort();
    }
}

void Coordinator::drop_used_sound() {
    const auto used_to = assembly_->sound_used_to();
    if (!used_to) return;
    try {
        ahead_.used_to(*used_to);
    } catch (const SQLite::Exception& error) {
        if (error.getErrorCode() != SQLITE_BUSY) throw;  // tried again with the next news
    }
}

void Coordinator::take(const News& news) {
    const auto frames = job_.plan.segments[news.segment].frames;
    if (news.kind == News::Kind::started) {
        library::start_segment(library_, run_.id, news.segment);
    } else if (news.kind == News::Kind::progress) {
        recorder_.segment(news.segment, news.frames);
    } else {
        recorder_.segment_ended(news.segment);
        log_words(news);
        if (news.encoded.success())
            finish(news);
        else
            fail(news);
    }
    if (news.kind != News::Kind::finished && !copies_pictures())
        meter_.update(news.segment, news.frames, frames, Clock::now());
    throttle_.note_news();
}

/// What ffmpeg said about a segment. Of warnings only so much, and so many, that the log stays small.
void Coordinator::log_words(const News& news) {
    constexpr std::size_t kWarning = 2000;
    constexpr std::int64_t kMostWarnings = 100;
    const auto& [error, words, lines, last] = news.encoded;
    if (words.empty() || (!error && ++warnings_ > kMostWarnings)) return;
    const auto cut = error ? 0 : words.size() - std::min(words.size(), kWarning);
    log(error ? "error" : "warn",
        fmt::format("Segment {} ({}): the last of {} lines from ffmpeg:\n{}", news.segment + 1,
                    clips_of(job_.snapshot, job_.plan, job_.plan.segments[news.segment]), lines, words.substr(cut)));
}

void Coordinator::finish(const News& news) {
    const auto& segment = job_.plan.segments[news.segment];
    const auto& key = job_.plan.keys[news.segment];
    for (const auto& [content, damaged, lost] : news.damage) library::keep_damage(library_, content, damaged, lost);
    library::complete_segment(library_, run_.id, news.segment,
                              {key, library::segment_path(key), news.state.size_bytes, segment.frames.count,
                               news.state.mtime_ns, news.content_hash});
    if (inventory_.absent_keys.contains(key)) attempt_.rendered.insert(key);
    assembly_->segment_there(news.segment);
    for (const auto twin : inventory_.twins[news.segment]) {
        library::reuse_segment(library_, run_.id, twin, key);
        assembly_->segment_there(twin);
    }
    if (!copies_pictures()) meter_.finish(news.segment, segment.frames, Clock::now());
}

void Coordinator::fail(const News& news) {
    const auto& error = *news.encoded.error;
    if (error.category() == Category::cancelled) return;  // ended on the way: it is rendered another time
    library::fail_segment(library_, run_.id, news.segment, error.message());
    if (about_a_clip(error)) failed_segments_.push_back(news.segment);
    if (failure_ && (!about_a_clip(*failure_) || about_a_clip(error))) return;
    failure_.emplace(
        error.category(),
        fmt::format("{} ({})", error.message(), clips_of(job_.snapshot, job_.plan, job_.plan.segments[news.segment])),
        error.advice(), error.detail());
}

std::vector<std::size_t> Coordinator::broken_clips() {
    const auto keep_going = [this] {
        throttle_.note_news();
        if (throttle_.due(Clock::now())) publish(Stage::encoding, "Looking for the broken clip");
        return go_on();
    };
    auto broken = find_broken_clips(library_, job_, failed_segments_, keep_going, stop_);
    const auto& launcher = job_.tools.ffmpeg.launcher;
    if (broken.empty() && !failed_segments_.empty() && !launcher.empty()) {
        throw launcher_failed(launcher.front(), *failure_);
    }
    return broken;
}

/// What is joined of a film whose pictures are copied is what is counted of it, for its segments are of sound alone.
void Coordinator::count_copied() {
    if (!copies_pictures()) return;
    meter_.update(0, assembly_->copied(), job_.plan.frames(), Clock::now());
    throttle_.note_news();
}

void Coordinator::publish_joining() {
    count_copied();
    if (copies_pictures() && meter_.completed() < job_.plan.frames()) return publish(Stage::encoding, operation());
    publish(Stage::finalizing, copies_pictures()
                                   ? "Checking the film"
                                   : fmt::format("Joining {} segment{}", segments(), segments() == 1 ? "" : "s"));
}

AssemblyListener Coordinator::assembly_listener() {
    return {[this] {
                drop_used_sound();
                throttle_.note_news();
                if (throttle_.due(Clock::now())) publish_joining();
            },
            [this] { return go_on(); }, [this](const std::string& level, const std::string& text) { log(level, text); },
            [this](const std::string& text) {
                observer_.note(text);
                try {
                    log("warn", text);
                } catch (const SQLite::Exception&) {  // whether the film can be recorded shows by itself
                }
            }};
}

/// "Encoding clip 3 of 15": the clip that lies first on the film among those in flight.
std::string Coordinator::operation() const {
    const std::span items(job_.plan.items);
    if (copies_pictures()) {
        return fmt::format("Copying clip {} of {}",
                           timeline::clips_on(items.first(timeline::item_at(items, meter_.completed()) + 1)),
                           timeline::clips_on(items));
    }
    if (meter_.in_flight().empty()) return fmt::format("Encoding {} clips", timeline::clips_on(items));
    const auto& [first, frames] = *meter_.in_flight().begin();
    const auto& pieces = job_.plan.segments[first].pieces;
    Frames before;
    std::size_t at = 0;
    while (at + 1 < pieces.size() && before + pieces[at].frames <= frames) before += pieces[at++].frames;
    return fmt::format("Encoding clip {} of {}", timeline::clips_on(items.first(pieces[at].item + 1)),
                       timeline::clips_on(items));
}

void Coordinator::publish(Stage stage, const std::string& operation) {
    const auto now = Clock::now();
    Progress progress;
    progress.run_id = run_.id;
    progress.stage = stage;
    progress.percent = meter_.percent();
    progress.operation = operation;
    progress.frames_completed = meter_.completed().count;
    progress.frames_total = job_.plan.frames().count;
    progress.elapsed_seconds = meter_.elapsed_seconds(now);
    if (stage == Stage::encoding) {
        progress.remaining_seconds = meter_.remaining_seconds(now);
        progress.speed = meter_.speed(now);
    }
    if (stage == Stage::encoding && !copies_pictures()) {
        for (const auto& [segment, frames] : meter_.in_flight()) {
            progress.workers.push_back({segment, clips_of(job_.snapshot, job_.plan, job_.plan.segments[segment]),
                                        frames.count, job_.plan.segments[segment].frames.count});
        }
    }
    observer_.progress(progress);
    throttle_.sent(now);
    recorder_.progress(stage, operation);
}

void Coordinator::log(const std::string& level, const std::string& text) {
    library::add_log(library_, run_.id, level, text);
}

}  // namespace dadcam::render
