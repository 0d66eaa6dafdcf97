#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <libdadcam/ffmpeg/arguments.hpp>
#include <libdadcam/library/library.hpp>
#include <libdadcam/library/run_store.hpp>
#include <libdadcam/process/input.hpp>
#include <libdadcam/render/snapshot.hpp>
#include <tests/film/studio.hpp>
#include <tests/support/scripts.hpp>
#include <thread>

namespace dadcam::test {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostOutput = std::size_t{1} << 30U;
constexpr std::chrono::minutes kPatience{10};
constexpr unsigned kAtOnce = 2;

Words making(const fs::path& file, const Words& arguments) {
    Words all{"-nostdin", "-hide_banner", "-loglevel", "error", "-y"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    all.push_back(file.string());
    return all;
}

}  // namespace

std::string output_of(const std::string& program, const Words& arguments) {
    const process::Stop stop;
    const auto path = program.starts_with("ff") ? quick_tool(program) : tool(program);
    const auto captured = process::capture({path, arguments}, process::Stream::out, kMostOutput, kPatience, stop);
    INFO(fmt::format("{} {}", program, fmt::join(arguments, " ")));
    REQUIRE(process::describe(captured.finished.exit) == "exit code 0");
    return captured.output;
}

void Studio::clip(const std::string& name, Words ffmpeg_arguments) {
    wanted_.emplace_back(name, std::move(ffmpeg_arguments));
}

void Studio::make_clips() {
    std::vector<std::string> complaints(wanted_.size());
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t index = next++; index < wanted_.size(); index = next++) {
            const auto file = library / wanted_[index].first;
            fs::create_directories(file.parent_path());
            const process::Stop stop;
            const auto made = process::capture({quick_tool("ffmpeg"), making(file, wanted_[index].second)},
                                               process::Stream::err, kMostOutput, kPatience, stop);
            if (!made.finished.exit.success()) complaints[index] = wanted_[index].first + ": " + made.output;
        }
    };
    std::vector<std::thread> workers(kAtOnce);
    for (auto& worker : workers) worker = std::thread(work);
    for (auto& worker : workers) worker.join();
    for (const auto& complaint : complaints) REQUIRE(complaint == "");
    for (const auto& [name, arguments] : wanted_) {
        // 2020, a minute apart
        const std::chrono::sys_seconds time{std::chrono::seconds{1'577'836'800 + 60 * clips_++}};
        fs::last_write_time(library / name, std::chrono::file_clock::from_sys(time));
    }
    wanted_.clear();
}

void Studio::take_in() {
    make_clips();
    must({"init"});
    must({"ingest", "."});
}

Ran Studio::try_film(const Words& recipe_options, const Words& export_options) {
    const auto name = fmt::format("Film {}", ++recipes_);
    Words create{"recipe-create", name, "--mode", "all"};
    create.insert(create.end(), recipe_options.begin(), recipe_options.end());
    must(create);
    Words make{"export", name};
    make.insert(make.end(), export_options.begin(), export_options.end());
    return dadcam(make);
}

fs::path Studio::film(const Words& recipe_options, const Words& export_options) {
    auto ran = try_film(recipe_options, export_options);
    INFO(fmt::format("export of --mode all {}", fmt::join(recipe_options, " ")));
    INFO(ran.err);
    REQUIRE(ran.ended() == "exit code 0");
    REQUIRE(ran.out.ends_with('\n'));
    ran.out.pop_back();
    REQUIRE(fs::is_regular_file(ran.out));
    return ran.out;
}

fs::path Studio::one_segment() {
    auto opened = library::Library::open(library);
    const auto run = count("export_runs");
    const auto snapshot = render::read_snapshot(library::run_snapshot(opened, run));
    render::RenderTools tools;
    tools.ffmpeg.path = quick_tool("ffmpeg");
    const auto plan = render::make_plan(snapshot, tools);
    REQUIRE(plan.segments.size() > 1);
    const auto name_of = [&](const footage::Clip& clip) { return process::as_input(opened.located(clip.path)); };
    const auto file = *this / fmt::format("one segment {}.mov", run);
    output_of("ffmpeg", ffmpeg::segment_arguments(render::film_of(opened, snapshot, plan, tools),
                                                  timeline::uncut(plan.items), name_of, process::as_input(file)));
    return file;
}

}  // namespace dadcam::test
