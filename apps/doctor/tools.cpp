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
#include <optional>
#include <set>
#include <sstream>

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

process::Captured read_clip(const Context& context, const process::Ffmpeg& ffmpeg, const std::filesystem::path& clip) {
    constexpr std::size_t kMostOutput = 1 << 16;
    constexpr std::chrono::seconds kPatience{30};
    auto arguments = process::held_to(process::kContainers);
    arguments.insert(arguments.begin(), {"-nostdin", "-v", "info"});
    arguments.insert(arguments.end(), {"-i", process::as_input(clip), "-t", "0", "-f", "null", "-"});
    auto captured = process::capture(process::command_of(ffmpeg, std::move(arguments)), process::Stream::err,
                                     kMostOutput, kPatience, context.stop);
    if (captured.finished.ended == process::Ended::stopped) throw Error(Category::cancelled, "Cancelled.");
    return captured;
}

/// The line that tells why, or how it ended.
std::string why(const process::Captured& captured) {
    std::string last;
    std::istringstream lines(captured.output);
    for (std::string line; std::getline(lines, line);)
        if (!line.empty()) last = line;
    return last.empty() ? process::describe(captured.finished.exit) : last;
}

Finding judge_reading(const process::Captured& captured, const std::filesystem::path& clip, bool launched) {
    if (captured.finished.exit.success()) return {"reading", State::fine, "ffmpeg can read the library's clips"};
    Finding finding{"reading", State::note, fmt::format("ffmpeg cannot read {}: {}", clip.string(), why(captured)),
                    "If the clip is damaged, export without it: --on-error skip"};
    constexpr std::array kNotSeen{"Permission denied", "No such file", "Operation not permitted"};
    if (std::none_of(kNotSeen.begin(), kNotSeen.end(),
                     [&](const char* reason) { return captured.output.find(reason) != std::string::npos; }))
        return finding;
    finding.state = State::broken;
    finding.category = Category::tool_missing;
    finding.advice =
        launched
            ? "The machine that the launcher runs it on needs the library's folder at the same path."
            : "You can read it, but this ffmpeg cannot: one from a snap or another sandbox sees only some folders. "
              "Install Debian's own build with: apt install ffmpeg";
    return finding;
}

/// In another thread: each of these is a process that takes its time.
template <typename Look>
auto meanwhile(Look look) {
    return std::async(std::launch::async, look);
}

/// Its banner says what it is while it reads a clip; else it is asked.
process::Ffmpeg identify(const Context& context, const process::Ffmpeg& ffmpeg, const std::string& output) {
    if (output.starts_with("ffmpeg version ")) return process::identified(ffmpeg, output);
    return process::find_ffmpeg(tool_paths(context), ffmpeg.launcher, context.stop);
}

Findings look_at_ffmpeg(const Context& context, const std::vector<std::string>& launcher,
                        const std::filesystem::path& clip) {
    const auto paths = tool_paths(context);
    auto probe = meanwhile([&] { return process::ask_ffprobe(paths, context.stop); });
    process::Ffmpeg ffmpeg;
    Findings findings;
    const auto of_ffmpeg = looked_at("ffmpeg", [&] {
        ffmpeg = process::locate_ffmpeg(paths, launcher);
        // What it has is asked before it is known whether it is one at all.
        const auto asked = ffmpeg;
        auto encoders =
            meanwhile([&] { return looked_at("encoders", [&] { return look_for_encoders(context, asked); }); });
        auto filters =
            meanwhile([&] { return looked_at("filters", [&] { return look_for_filters(context, asked); }); });
        std::optional<process::Captured> read;
        if (!clip.empty()) read = read_clip(context, asked, clip);
        ffmpeg = identify(context, asked, read ? read->output : "");
        findings = {encoders.get(), filters.get()};
        if (read) findings.push_back(judge_reading(*read, clip, !launcher.empty()));
        return tool("ffmpeg", ffmpeg.path, ffmpeg.version);
    });
    const auto of_ffprobe = looked_at("ffprobe", [&] {
        const auto ffprobe = probe.get();
        if (of_ffmpeg.state == State::fine) process::require_same_version(ffprobe, ffmpeg);
        return tool("ffprobe", ffprobe.path, ffprobe.version);
    });
    findings.insert(findings.begin(), {of_ffmpeg, of_ffprobe});
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
