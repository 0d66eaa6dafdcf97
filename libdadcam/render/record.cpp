#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <libdadcam/ffmpeg/arguments.hpp>
#include <libdadcam/library/run_store.hpp>
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
        const auto& clip = snapshot.inputs[item.clip];
        contents.items.push_back({clip.id, clip.path, item.start.count, item.frames.count});
    }
    return contents;
}

std::int64_t add(library::Library& library, Job& job, std::optional<std::string> owner) {
    library::NewRun run;
    run.recipe_id = job.recipe_id;
    run.name = job.name;
    run.pipeline_version = ffmpeg::kPipelineVersion;
    run.ffmpeg_version = job.tools.ffmpeg.version;
    run.wishes = job.wishes;
    run.resumed_from = job.resumed_from;
    run.owner = std::move(owner);
    run.contents = contents_of(job);
    job.run = library::create_run(library, run);
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
    record_change(library, job);
    return *job.run;
}

void record_change(library::Library& library, const Job& job) {
    library::replace_contents(library, *job.run, contents_of(job));
}

}  // namespace dadcam::render
