#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sqlite3.h>

#include <algorithm>
#include <libdadcam/ffmpeg/arguments.hpp>
#include <libdadcam/footage/probe.hpp>
#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/render/disk.hpp>
#include <libdadcam/render/execution.hpp>
#include <libdadcam/render/places.hpp>
#include <libdadcam/render/schedule.hpp>
#include <libdadcam/render/takeover.hpp>
#include <set>

namespace dadcam::render {
namespace {

/// How long the coordinator waits when there is no news to pass on.
constexpr std::chrono::seconds kIdle{1};

Measured expected(const Plan& plan, const timeline::Segment& segment, Rational rate) {
    return {segment.frames, timeline::samples_of(plan.items, segment, rate)};
}

library::RunSegment row_of(const Plan& plan, std::size_t index, Rational rate) {
    const auto& segment = plan.segments[index];
    const auto& key = plan.keys[index];
    const auto start_us = microseconds_at(segment.first, rate);
    library::RunSegment row;
    row.key = key;
    row.clip_count = static_cast<std::int64_t>(segment.pieces.size());
    row.duration_ms = (microseconds_at(segment.first + segment.frames, rate) - start_us) / 1000;
    row.start_frame = segment.first.count;
    row.frames_total = segment.frames.count;
    row.samples_total = expected(plan, segment, rate).samples.count;
    row.final_output_path = library::segment_path(key);
    return row;
}

/// A failure that other clips need not share.
bool about_a_clip(const Error& error) {
    return error.category() == Category::encoding_error || error.category() == Category::timeout ||
           error.category() == Category::input_not_found;
}

}  // namespace

Execution::Execution(library::Library& library, library::Run run, Snapshot snapshot, const RenderTools& tools,
                     const RenderOptions& options, Observer& observer, const process::Stop& stop,
                     const MeterHistory& before, std::set<std::string>& rendered)
    : library_(library),
      run_(std::move(run)),
      snapshot_(std::move(snapshot)),
      tools_(tools),
      options_(options),
      observer_(observer),
      stop_(&stop),
      plan_(make_plan(snapshot_, tools_)),
      jobs_(options.jobs > 0 ? options.jobs : workers_for(this_machine(), snapshot_)),
      meter_(plan_.frames(), snapshot_.format.rate, Clock::now(), before),
      rendered_(rendered) {}

library::RunOutput Execution::render() {
    record_segments();
    const auto missing = take_from_store();
    publish(Stage::starting, "Starting export...");
    check_disk();
    assembly_.emplace(AssemblyJob{library_, run_, snapshot_, plan_, tools_, options_, jobs_, stop_},
                      assembly_listener());
    if (!missing.empty() || !assembly_->copy_earlier()) render_segments(missing);
    publish(Stage::finalizing, joining());
    return assembly_->finish();
}

void Execution::record_segments() {
    std::vector<library::RunSegment> rows;
    for (std::size_t index = 0; index < plan_.segments.size(); ++index) {
        auto row = row_of(plan_, index, snapshot_.format.rate);
        row.tmp_output_path = library_.stored(segment_temporary(library_, plan_.keys[index], run_.id));
        rows.push_back(std::move(row));
    }
    library::add_run_segments(library_, run_.id, rows);
}

/// What the store has of the film. Reading whole segments can take long: it can be stopped, and locks nothing.
std::vector<library::Lookup> Execution::look_into_store() {
    const auto check = options_.verify ? library::Check::contents : library::Check::touched;
    const auto each = [this](std::string_view) {
        if (!go_on()) throw cancelled();
    };
    std::vector<library::Lookup> found;
    for (std::size_t index = 0; index < plan_.segments.size(); ++index) {
        const auto& key = plan_.keys[index];
        auto lookup = library::find_segment(library_, key, check, each);
        if (lookup && lookup.segment->frames != plan_.segments[index].frames.count) lookup = {};
        if (!lookup) news_.insert(key);
        sizes_.push_back(lookup ? std::optional(lookup.segment->bytes) : std::nullopt);
        if (!options_.use_store && !rendered_.contains(key)) lookup = {};
        found.push_back(std::move(lookup));
    }
    return found;
}

/// Returns the segments that have to be rendered; of equal ones, only the first.
std::vector<std::size_t> Execution::take_from_store() {
    std::vector<std::size_t> missing;
    std::map<std::string, std::size_t> first_of;
    const auto found = look_into_store();
    const auto old = run_.resumed_from ? Takeover(library_, *run_.resumed_from, snapshot_, tools_) : Takeover();
    SQLite::Transaction transaction(library_.database(), SQLite::TransactionBehavior::IMMEDIATE);
    for (std::size_t index = 0; index < plan_.segments.size(); ++index) {
        const auto& key = plan_.keys[index];
        const auto& segment = plan_.segments[index];
        if (found[index]) {
            library::reuse_segment(library_, run_.id, index, key);
            meter_.reuse(segment.frames);
            there_.push_back(index);
        } else if (const auto [first, is_new] = first_of.emplace(key, index); is_new) {
            missing.push_back(index);
            const auto& lost = found[index].lost;
            explain(index, lost.empty() ? old.why_again(segment, key, plan_, snapshot_) : lost);
        } else {
            twins_[first->second].push_back(index);
            meter_.reuse(segment.frames);
        }
    }
    transaction.commit();
    log_explanations();
    return missing;
}

void Execution::explain(std::size_t segment, const std::string& reason) {
    if (reason.empty()) return;
    explanations_.push_back(
        fmt::format("Segment {} ({}) is rendered again: {}.", segment + 1, clips_of(plan_.segments[segment]), reason));
}

void Execution::log_explanations() {
    constexpr std::size_t kMost = 100;
    if (explanations_.empty()) return;
    const auto more = explanations_.size() - std::min(kMost, explanations_.size());
    explanations_.resize(explanations_.size() - more);
    log("info",
        fmt::format("{}{}", fmt::join(explanations_, "\n"), more > 0 ? fmt::format("\n… and {} more", more) : ""));
    observer_.note(explanations_.size() + more == 1
                       ? explanations_.front()
                       : fmt::format("{} And {} more: `dadcam export-details {} --logs` lists them.",
                                     explanations_.front(), explanations_.size() + more - 1, run_.id));
}

void Execution::check_disk() {
    const auto room = room_for(library_, film_place(library_, run_), forecast(snapshot_, plan_, sizes_));
    if (room.verdict == Room::Verdict::enough) return;
    if (room.verdict == Room::Verdict::too_small) {
        throw Error(Category::disk_full, fmt::format("There is not enough room for the film. {}", room.text),
                    "Make room, then go on.");
    }
    const auto warning = fmt::format("The disk may become full. {}", room.text);
    observer_.note(warning);
    log("warn", warning);
}

/// False once somebody asked through the database to cancel the run: looked for once a second.
bool Execution::go_on() {
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

std::string Execution::input_name(const footage::Clip& clip) const {
    return footage::as_input(library_.located(clip.path));
}

/// Made by the worker that takes it: of thousands, few are needed at a time.
Task Execution::task_for(std::size_t index) const {
    const auto& segment = plan_.segments[index];
    const auto temporary = segment_temporary(library_, plan_.keys[index], run_.id);
    library_.make_own_folder(temporary.parent_path());
    const auto output = footage::as_input(temporary);
    const auto arguments = ffmpeg::segment_arguments(
        film_of(library_, snapshot_, plan_, tools_), segment,
        [this](const footage::Clip& clip) { return input_name(clip); }, output);
    Task task{encoding_of(tools_, options_, arguments, output), temporary, segment_place(library_, plan_.keys[index]),
              expected(plan_, segment, snapshot_.format.rate)};
    // The sound's one encoder goes before: at the end, and where little is new, the film waits for it alone.
    constexpr int kNicer = 5;
    task.encoding.command.nicer = kNicer;
    return task;
}

void Execution::render_segments(const std::vector<std::size_t>& missing) {
    for (const auto index : there_) assembly_->segment_there(index);
    if (missing.empty()) return;
    Workers workers(
        order_of(missing, plan_.segments, jobs_), [this](std::size_t index) { return task_for(index); }, jobs_, stop_);
    while (!workers.exhausted()) {
        go_on();
        if (const auto news = workers.next(throttle_.next().value_or(Clock::now() + kIdle))) take(*news);
        look_after_sound(workers);
        if (failure_ && !(options_.skip_broken && about_a_clip(*failure_))) workers.abort();
        if (throttle_.due(Clock::now())) publish(Stage::encoding, operation());
    }
    if (stop_.requested()) throw cancelled();
    if (failure_) throw *failure_;
}

/// A film without sound is none: there is no use in rendering on.
void Execution::look_after_sound(Workers& workers) {
    if (failure_ || stop_.requested()) return;
    if (const auto error = assembly_->failure()) {
        failure_.emplace(*error);
        workers.abort();
    }
}

void Execution::take(const News& news) {
    const auto frames = plan_.segments[news.segment].frames;
    if (news.kind == News::Kind::started) {
        library::start_segment(library_, run_.id, news.segment);
        meter_.update(news.segment, {}, frames, Clock::now());
    } else if (news.kind == News::Kind::progress) {
        meter_.update(news.segment, news.frames, frames, Clock::now());
        unrecorded_[news.segment] = news.frames;
    } else {
        unrecorded_.erase(news.segment);
        log_words(news);
        if (news.encoded.success())
            finish(news);
        else
            fail(news);
    }
    throttle_.note_news();
}

/// What ffmpeg said about a segment. Of warnings only so much, and so many, that the log stays small.
void Execution::log_words(const News& news) {
    constexpr std::size_t kWarning = 2000;
    constexpr std::int64_t kMostWarnings = 100;
    const auto& [error, words, lines, last] = news.encoded;
    if (words.empty() || (!error && ++warnings_ > kMostWarnings)) return;
    const auto cut = error ? 0 : words.size() - std::min(words.size(), kWarning);
    log(error ? "error" : "warn",
        fmt::format("Segment {} ({}): the last of {} lines from ffmpeg:\n{}", news.segment + 1,
                    clips_of(plan_.segments[news.segment]), lines, words.substr(cut)));
}

void Execution::finish(const News& news) {
    const auto& segment = plan_.segments[news.segment];
    const auto& key = plan_.keys[news.segment];
    const auto samples = expected(plan_, segment, snapshot_.format.rate).samples;
    library::complete_segment(library_, run_.id, news.segment,
                              {key, library::segment_path(key), news.state.size_bytes, segment.frames.count,
                               samples.count, news.state.mtime_ns, news.content_hash});
    if (news_.contains(key)) rendered_.insert(key);
    assembly_->segment_there(news.segment);
    for (const auto twin : twins_[news.segment]) {
        library::reuse_segment(library_, run_.id, twin, key);
        assembly_->segment_there(twin);
    }
    meter_.finish(news.segment, segment.frames, Clock::now());
}

void Execution::fail(const News& news) {
    const auto& error = *news.encoded.error;
    if (error.category() == Category::cancelled) return;  // ended on the way: it is rendered another time
    library::fail_segment(library_, run_.id, news.segment, error.message());
    if (about_a_clip(error)) failed_segments_.push_back(news.segment);
    if (failure_ && (about_a_clip(*failure_) || !about_a_clip(error))) return;
    failure_.emplace(error.category(), fmt::format("{} ({})", error.message(), clips_of(plan_.segments[news.segment])),
                     error.advice(), error.detail());
}

std::vector<std::size_t> Execution::broken_clips() {
    std::set<std::size_t> suspects;
    for (const auto segment : failed_segments_) {
        for (const auto& piece : plan_.segments[segment].pieces) {
            suspects.insert(plan_.items[piece.item].clip);
            // A piece that begins with a fade reads the end of the item before it.
            if (piece.item > 0 && plan_.items[piece.item].fade_in.count > 0)
                suspects.insert(plan_.items[piece.item - 1].clip);
        }
    }
    std::vector<std::size_t> broken;
    for (const auto clip : suspects) {
        if (!renders_alone(clip)) broken.push_back(clip);
        if (stop_.requested()) throw cancelled();
    }
    return broken;
}

/// Renders a clip whole and by itself, without keeping anything, and counts its frames.
bool Execution::renders_alone(std::size_t clip) {
    Snapshot alone{snapshot_.recipe, snapshot_.preset, {snapshot_.inputs[clip]}, snapshot_.format, snapshot_.lut};
    Plan plan;
    plan.items = timeline::lay_out(alone.recipe, alone.inputs, alone.format.rate);
    const auto arguments = ffmpeg::decode_arguments(film_of(library_, alone, plan, tools_), timeline::uncut(plan.items),
                                                    [this](const footage::Clip& one) { return input_name(one); });
    const auto encoded = encode(encoding_of(tools_, options_, arguments, "-"),
                                {{},
                                 {},
                                 [this] {
                                     throttle_.note_news();
                                     if (throttle_.due(Clock::now()))
                                         publish(Stage::encoding, "Looking for the broken clip");
                                     return go_on();
                                 }},
                                stop_);
    return encoded.success() && encoded.last.frame == plan.frames().count;
}

std::string Execution::joining() const {
    return fmt::format("Joining {} segment{}", segments(), segments() == 1 ? "" : "s");
}

AssemblyListener Execution::assembly_listener() {
    return {[this] {
                throttle_.note_news();
                if (throttle_.due(Clock::now())) publish(Stage::finalizing, joining());
            },
            [this] { return go_on(); },
            [this](const std::string& level, const std::string& text) { log(level, text); }};
}

/// "a.mov", "a.mov, b.mov and 3 more"
std::string Execution::clips_of(const timeline::Segment& segment) const {
    constexpr std::size_t kNamed = 2;
    std::string text;
    for (std::size_t i = 0; i < std::min(kNamed, segment.pieces.size()); ++i) {
        text +=
            fmt::format("{}{}", i == 0 ? "" : ", ", snapshot_.inputs[plan_.items[segment.pieces[i].item].clip].path);
    }
    if (segment.pieces.size() > kNamed) text += fmt::format(" and {} more", segment.pieces.size() - kNamed);
    return text;
}

/// "Encoding clip 3 of 15": the clip that lies first on the film among those in flight.
std::string Execution::operation() const {
    if (meter_.in_flight().empty()) return fmt::format("Encoding {} clips", plan_.items.size());
    const auto& [first, frames] = *meter_.in_flight().begin();
    const auto& pieces = plan_.segments[first].pieces;
    Frames before;
    std::size_t at = 0;
    while (at + 1 < pieces.size() && before + pieces[at].frames <= frames) before += pieces[at++].frames;
    return fmt::format("Encoding clip {} of {}", pieces[at].item + 1, plan_.items.size());
}

void Execution::publish(Stage stage, const std::string& operation) {
    const auto now = Clock::now();
    Progress progress;
    progress.run_id = run_.id;
    progress.stage = stage;
    progress.percent = meter_.percent();
    progress.operation = operation;
    progress.frames_completed = meter_.completed().count;
    progress.frames_total = plan_.frames().count;
    progress.elapsed_seconds = meter_.elapsed_seconds(now);
    if (stage == Stage::encoding) {
        progress.remaining_seconds = meter_.remaining_seconds(now);
        progress.speed = meter_.speed(now);
        for (const auto& [segment, frames] : meter_.in_flight()) {
            progress.workers.push_back(
                {segment, clips_of(plan_.segments[segment]), frames.count, plan_.segments[segment].frames.count});
        }
    }
    observer_.progress(progress);
    throttle_.sent(now);
    try {
        library::record_progress(library_, run_.id, operation, progress.frames_completed, progress.percent,
                                 unrecorded_);
        unrecorded_.clear();
    } catch (const SQLite::Exception& error) {
        if (error.getErrorCode() != SQLITE_BUSY) throw;  // another program has locked it: recorded the next time
    }
}

void Execution::log(const std::string& level, const std::string& text) {
    library::add_log(library_, run_.id, level, text);
}

}  // namespace dadcam::render
