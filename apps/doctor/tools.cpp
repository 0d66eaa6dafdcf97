#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <apps/doctor/tools.hpp>
#include <apps/person.hpp>
#include <apps/rendering.hpp>
#include <array>
#include <functional>
#include <future>
#include <libdadcam/ffmpeg/filters.hpp>
#include <libdadcam/process/input.hpp>
#include <libdadcam/process/tools.hpp>
#include <libdadcam/recipe/preset.hpp>
#include <libdadcam/render/font.hpp>
#include <set>

namespace dadcam::app {
namespace {

/// What is found, or what is broken.
Finding looked_at(const char* about, const std::function<Finding()>& look) {
    try {
        return look();
    } catch (const Error& error) {
        if (error.category() == Category::cancelled) throw;
        return broken(about, error);
    }
}

std::vector<std::string> encoders_of_presets() {
    std::set<std::string> encoders;
    for (const auto& preset : recipe::presets()) encoders.insert(preset.encoders.begin(), preset.encoders.end());
    return {encoders.begin(), encoders.end()};
}

Finding what_it_has(const char* about, const std::vector<std::string>& missing, std::size_t count) {
    if (missing.empty()) return {about, State::fine, fmt::format("all {} that films need", count)};
    return {about,
            State::broken,
            fmt::format("This ffmpeg has no {}.", fmt::join(missing, ", ")),
            fmt::format("Films that need them cannot be made. {}", process::kUseAnotherFfmpeg),
            Category::tool_missing,
            {{"missing", missing}}};
}

Finding look_for_encoders(const Context& context, const process::Ffmpeg& ffmpeg) {
    const auto encoders = encoders_of_presets();
    return what_it_has("encoders", process::missing_encoders(ffmpeg, encoders, context.stop), encoders.size());
}

Finding look_for_filters(const Context& context, const process::Ffmpeg& ffmpeg) {
    const std::vector<std::string> filters(ffmpeg::all_filters().begin(), ffmpeg::all_filters().end());
    return what_it_has("filters", process::missing_filters(ffmpeg, filters, context.stop), filters.size());
}

Finding tool(const char* about, const std::string& path, const std::string& version) {
    return {about, State::fine, fmt::format("{}, version {}", path, version),
            {},    {},          {{"path", path}, {"version", version}}};
}

Finding read_clip(const Context& context, const process::Ffmpeg& ffmpeg, const std::filesystem::path& clip) {
    constexpr std::size_t kMostOutput = 1 << 16;
    constexpr std::chrono::seconds kPatience{30};
    auto arguments = process::held_to(process::kContainers);
    arguments.insert(arguments.begin(), {"-nostdin", "-hide_banner", "-v", "error"});
    arguments.insert(arguments.end(), {"-i", process::as_input(clip), "-t", "0", "-f", "null", "-"});
    const auto captured = process::capture(process::command_of(ffmpeg, std::move(arguments)), process::Stream::err,
                                           kMostOutput, kPatience, context.stop);
    if (captured.finished.ended == process::Ended::stopped) throw Error(Category::cancelled, "Cancelled.");
    if (captured.finished.exit.success()) return {"reading", State::fine, "ffmpeg can read the library's clips"};
    const auto words = captured.output.substr(0, captured.output.find('\n'));
    Finding finding{"reading", State::note,
                    fmt::format("ffmpeg cannot read {}: {}", clip.string(),
                                words.empty() ? process::describe(captured.finished.exit) : words),
                    "If the clip is damaged, export without it: --on-error skip"};
    constexpr std::array kNotSeen{"Permission denied", "No such file", "Operation not permitted"};
    if (std::none_of(kNotSeen.begin(), kNotSeen.end(),
                     [&](const char* why) { return captured.output.find(why) != std::string::npos; }))
        return finding;
    finding.state = State::broken;
    finding.category = Category::tool_missing;
    finding.advice =
        ffmpeg.launcher.empty()
            ? "You can read it, but this ffmpeg cannot: one from a snap or another sandbox sees only some folders. "
              "Install Debian's own build with: apt install ffmpeg"
            : "The machine that the launcher runs it on needs the library's folder at the same path.";
    return finding;
}

/// In another thread: each of these is a process that takes its time.
template <typename Look>
auto meanwhile(Look look) {
    return std::async(std::launch::async, look);
}

Findings look_at_ffmpeg(const Context& context, const std::vector<std::string>& launcher,
                        const std::filesystem::path& clip) {
    const auto paths = tool_paths(context);
    // What it has is asked before it is known whether it is one at all.
    const auto path_of = [&](const std::string& program) {
        return process::find_optional_tool(program, paths.search_path).value_or(program);
    };
    process::Ffmpeg asked{path_of(paths.ffmpeg), {}, {}, launcher};
    if (!launcher.empty()) asked.launcher.front() = path_of(launcher.front());
    auto encoders = meanwhile([&] { return looked_at("encoders", [&] { return look_for_encoders(context, asked); }); });
    auto filters = meanwhile([&] { return looked_at("filters", [&] { return look_for_filters(context, asked); }); });
    auto reading = meanwhile([&] {
        return looked_at("reading", [&] { return clip.empty() ? Finding{} : read_clip(context, asked, clip); });
    });
    auto probe = meanwhile([&] { return process::ask_ffprobe(paths, context.stop); });
    process::Ffmpeg ffmpeg;
    Findings findings{looked_at("ffmpeg", [&] {
        ffmpeg = process::find_ffmpeg(paths, launcher, context.stop);
        return tool("ffmpeg", ffmpeg.path, ffmpeg.version);
    })};
    const bool works = findings.front().state == State::fine;
    findings.push_back(looked_at("ffprobe", [&] {
        const auto ffprobe = probe.get();
        if (works) process::require_same_version(ffprobe, ffmpeg);
        return tool("ffprobe", ffprobe.path, ffprobe.version);
    }));
    for (auto* has : {&encoders, &filters, &reading})
        if (auto finding = has->get(); works && !finding.about.empty()) findings.push_back(std::move(finding));
    return findings;
}

Finding look_at_font(const Context& context) {
    const auto choice = font_choice(context);
    const auto font = render::find_font(choice, context.stop);
    return {"font", State::fine, font.path + (choice.file.empty() ? "" : ", as you chose"),
            {},     {},          {{"path", font.path}}};
}

Finding look_at_zones(const Context& context) {
    const auto zone = machine_zone(context);
    Zone::find("Europe/Berlin");  // needs the database, whatever this machine is set to
    return {"time zone", State::fine, zone.name() + ", as this machine's"};
}

}  // namespace

Findings look_at_tools(const Context& context, const std::filesystem::path& clip) {
    Findings findings;
    const auto settings = looked_at("your settings", [&]() -> Finding {
        personal_config(context.terminal);
        return {"your settings", State::fine, "can be read"};
    });
    if (settings.state == State::broken) findings.push_back(settings);
    std::vector<std::string> launcher;
    const auto of_launcher = looked_at("launcher", [&]() -> Finding {
        launcher = launcher_of_person(context);
        if (launcher.empty()) return {"launcher", State::fine, "none: ffmpeg runs on this machine"};
        const auto words = fmt::format("{}", fmt::join(launcher, " "));
        return {"launcher", State::fine, fmt::format("{}, before every ffmpeg command", words),
                {},         {},          {{"words", launcher}}};
    });
    // What ails the settings is said once.
    const auto add = [&](Finding finding) {
        if (finding.state == State::broken && finding.text == settings.text) return;
        if (finding.category == Category::usage) {
            finding.category = Category::tool_missing;
            finding.advice = "Check $DADCAM_LAUNCHER, and: dadcam config --global launcher";
        }
        findings.push_back(std::move(finding));
    };
    add(of_launcher);
    auto font = meanwhile([&] { return looked_at("font", [&] { return look_at_font(context); }); });
    for (auto& finding : look_at_ffmpeg(context, launcher, clip)) add(std::move(finding));
    add(font.get());
    add(looked_at("time zone", [&] { return look_at_zones(context); }));
    return findings;
}

}  // namespace dadcam::app
