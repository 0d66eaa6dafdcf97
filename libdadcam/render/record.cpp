#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <libdadcam/ffmpeg/arguments.hpp>
#include <libdadcam/library/run_store.hpp>
#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/render/record.hpp>

namespace dadcam::render {
namespace {

/// "host:process"
std::string this_process() {
    std::array<char, 256> host{};
    ::gethostname(host.data(), host.size() - 1);
    return fmt::format("{}:{}", host.data(), ::getpid());
}

library::RunContents contents_of(const Job& job) {
    const auto& snapshot = job.snapshot;
    const auto frames = job.plan.frames();
    library::RunContents contents{
        write_snapshot(snapshot), microseconds_at(frames, snapshot.format.rate) / 1000, frames.count, {}};
    for (const auto& item : job.plan.items) {
        if (timeline::goes_on(item.source)) {
            contents.items.back().frames += item.frames.count;
            continue;
        }
        const auto clip = timeline::clip_read_by(item.source);
        contents.items.push_back({clip ? std::optional(snapshot.inputs[*clip].id) : std::nullopt,
                                  timeline::name_of(item.source, snapshot.inputs), item.start.count,
                                  item.frames.count});
    }
    return contents;
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
    row.samples_total = timeline::samples_of(plan.items, segment, rate).count;
    row.final_output_path = library::segment_path(key);
    return row;
}

library::NewRun new_run_of(const Job& job) {
    library::NewRun run;
    run.recipe_id = job.recipe_id;
    run.name = job.name;
    run.pipeline_version = ffmpeg::kPipelineVersion;
    run.ffmpeg_version = job.tools.ffmpeg.version;
    run.wishes = job.wishes;
    run.resumed_from = job.resumed_from;
    run.contents = contents_of(job);
    return run;
}

std::int64_t add(library::Library& library, Job& job, std::optional<std::string> owner) {
    auto run = new_run_of(job);
    run.owner = std::move(owner);
    job.run = library::create_run(library, run);
    library::record_left_out(library, *job.run, job.left_out);
    return *job.run;
}

}  // namespace

std::int64_t record_pending(library::Library& library, Job& job) {
    return add(library, job, std::nullopt);
}

std::int64_t record_begun(library::Library& library, Job& job) {
    if (!job.run) return add(library, job, this_process());
    if (!library::start_run(library, *job.run, this_process())) {
        throw Error(Category::general, fmt::format("Export {} is not pending.", *job.run),
                    fmt::format("`dadcam export-rerun {}` makes a new one from it.", *job.run));
    }
    library::adopt_run(library, *job.run, new_run_of(job));
    library::record_left_out(library, *job.run, job.left_out);
    return *job.run;
}

void record_change(library::Library& library, const Job& job) {
    library::replace_contents(library, *job.run, contents_of(job));
}

void record_segments(library::Library& library, const Job& job) {
    std::vector<library::RunSegment> rows;
    for (std::size_t index = 0; index < job.plan.segments.size(); ++index)
        rows.push_back(row_of(job.plan, index, job.snapshot.format.rate));
    library::add_run_segments(library, *job.run, rows);
}

}  // namespace dadcam::render
