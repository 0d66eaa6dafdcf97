#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <filesystem>
#include <libdadcam/error.hpp>
#include <libdadcam/process/process.hpp>
#include <libdadcam/process/tools.hpp>
#include <set>
#include <sstream>

namespace dadcam::process {
namespace {

constexpr std::size_t kMostOutput = 1 << 20;
constexpr std::chrono::seconds kPatience{30};
/// A launcher that is asked to end has to tell so elsewhere first: srun asks a controller, which may be busy. Killed in
/// between, it would leave ffmpeg at work there.
constexpr std::chrono::seconds kGraceOfLauncher{5};
constexpr const char* kInstall = "Install it with: apt install ffmpeg";
constexpr const char* kCheckPaths =
    "Install both with: apt install ffmpeg; and look at DADCAM_FFMPEG_PATH and DADCAM_FFPROBE_PATH, if they are set.";
/// The oldest ffmpeg that dadcam is tested with.
constexpr std::pair kOldest{5, 1};

bool executable(const std::filesystem::path& path) {
    std::error_code error;
    return std::filesystem::is_regular_file(path, error) && ::access(path.c_str(), X_OK) == 0;
}

std::string last_line(const std::string& text) {
    std::string last;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.find_first_not_of(" \r") != std::string::npos) last = line;
    }
    return last;
}

/// The command failed, or did not end in time. Launchers also chat on standard error when all is well, so that is no
/// part of an answer: for the reason the command is run again.
Error not_launched(const Ffmpeg& ffmpeg, const Command& command, const Captured& captured, const Stop& stop) {
    std::string by_hand;
    for (const auto& word : ffmpeg.launcher) by_hand += as_word(word) + ' ';
    const auto advice = fmt::format("Try it by hand: {}{} -version", by_hand, as_word(ffmpeg.path));
    if (captured.finished.ended == Ended::given_up) {
        return Error(Category::tool_missing,
                     fmt::format("The launcher did not start ffmpeg within {} seconds.", kPatience.count()), advice,
                     captured.output);
    }
    const auto reason = capture(command, Stream::err, kMostOutput, kPatience, stop).output;
    const auto last = last_line(reason);
    return Error(Category::tool_missing,
                 fmt::format("The launcher could not run ffmpeg ({}){}{}", describe(captured.finished.exit),
                             last.empty() ? "." : ": ", last),
                 advice, reason);
}

std::string ask(const Ffmpeg& ffmpeg, std::vector<std::string> arguments, const Stop& stop) {
    const auto command = command_of(ffmpeg, std::move(arguments));
    const auto captured = capture(command, Stream::out, kMostOutput, kPatience, stop);
    if (captured.finished.ended == Ended::stopped) throw Error(Category::cancelled, "Cancelled.");
    if (!captured.finished.exit.success() && !ffmpeg.launcher.empty()) {
        throw not_launched(ffmpeg, command, captured, stop);
    }
    if (!captured.finished.exit.success()) {
        throw Error(Category::tool_missing,
                    fmt::format("{} does not work ({}).", ffmpeg.path, describe(captured.finished.exit)), kCheckPaths);
    }
    return captured.output;
}

/// The second word of "ffmpeg version 5.1.9-0+deb12u1 …". Error(tool_missing) when a program by another name answers.
std::string version_in(const std::string& answer, const char* name, const std::string& path) {
    std::string first, second, version;
    std::istringstream(answer) >> first >> second >> version;
    if (first == name && second == "version") return version;
    throw Error(Category::tool_missing, fmt::format("{} does not seem to be {}.", path, name), kCheckPaths,
                answer.substr(0, 500));
}

/// A version of no number, such as "N-109542-gabcdef" or "git-2024-05-01", is a build of some day: it is let pass.
void require_recent(const Ffmpeg& ffmpeg) {
    const auto digits = ffmpeg.version.find_first_not_of('n');  // "n7.1": built from the source's own tag
    std::pair version{0, 0};
    char dot = 0;
    std::istringstream text(digits == std::string::npos ? "" : ffmpeg.version.substr(digits));
    if (!(text >> version.first >> dot >> version.second) || dot != '.' || version >= kOldest) return;
    throw Error(Category::tool_missing,
                fmt::format("{} is version {}; dadcam needs {}.{} or newer.", ffmpeg.path, ffmpeg.version,
                            kOldest.first, kOldest.second),
                kUseAnotherFfmpeg);
}

/// What ffmpeg lists as "FLAGS NAME …": `-encoders`, `-filters`.
std::vector<std::string> not_listed(const Ffmpeg& ffmpeg, const char* option, std::vector<std::string> names,
                                    const Stop& stop) {
    std::istringstream lines(ask(ffmpeg, {"-hide_banner", option}, stop));
    std::set<std::string> there;
    for (std::string line; std::getline(lines, line);) {
        std::string flags, name;
        if (std::istringstream(line) >> flags >> name) there.insert(name);
    }
    std::erase_if(names, [&](const auto& name) { return there.contains(name); });
    return names;
}

void require_none(const Ffmpeg& ffmpeg, const char* kind, const std::vector<std::string>& missing) {
    if (missing.empty()) return;
    throw Error(Category::tool_missing,
                fmt::format("This ffmpeg ({}) has no {} {}.", ffmpeg.version, missing.front(), kind),
                kUseAnotherFfmpeg);
}

/// Several would write the same file at once.
void require_one(const Ffmpeg& ffmpeg) {
    constexpr std::string_view kBeginning = "\nffmpeg version ";
    if (ffmpeg.identity.find(kBeginning) == std::string::npos) return;
    throw Error(Category::tool_missing, "The launcher starts several ffmpegs for one command line.",
                "Make it start just one: for srun, that is -n1.", ffmpeg.identity.substr(0, 500));
}

}  // namespace

std::string quoted(const std::string& word) {
    std::string text = "'";
    for (const char c : word) text += c == '\'' ? "'\\''" : std::string(1, c);
    return text + "'";
}

std::string as_word(const std::string& text) {
    constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+:@";
    return !text.empty() && text.find_first_not_of(kPlain) == std::string::npos ? text : quoted(text);
}

std::optional<std::string> find_optional_tool(const std::string& name_or_path, const std::string& search_path) {
    if (name_or_path.find('/') != std::string::npos) {
        return executable(name_or_path) ? std::optional(name_or_path) : std::nullopt;
    }
    std::istringstream folders(search_path);
    for (std::string folder; std::getline(folders, folder, ':');) {
        const auto candidate = std::filesystem::path(folder.empty() ? "." : folder) / name_or_path;
        if (executable(candidate)) return candidate.string();
    }
    return std::nullopt;
}

std::string find_tool(const std::string& name_or_path, const std::string& search_path) {
    if (auto found = find_optional_tool(name_or_path, search_path)) return *found;
    throw Error(Category::tool_missing, fmt::format("{} was not found.", name_or_path), kInstall);
}

Command command_of(const Ffmpeg& ffmpeg, std::vector<std::string> arguments, const std::string& folder) {
    if (ffmpeg.launcher.empty()) return {ffmpeg.path, std::move(arguments), folder};
    const bool to_a_shell = std::filesystem::path(ffmpeg.launcher.front()).filename() == "ssh";
    std::vector<std::string> words(ffmpeg.launcher.begin() + 1, ffmpeg.launcher.end());
    if (to_a_shell) {
        std::string line = folder.empty() ? "exec" : fmt::format("cd {} && exec", quoted(folder));
        line += ' ' + quoted(ffmpeg.path);
        for (const auto& argument : arguments) line += ' ' + quoted(argument);
        words.push_back(std::move(line));
    } else {
        words.push_back(ffmpeg.path);
        words.insert(words.end(), arguments.begin(), arguments.end());
    }
    return {ffmpeg.launcher.front(), std::move(words), folder, kGraceOfLauncher};
}

Ffmpeg locate_ffmpeg(const ToolPaths& paths, std::vector<std::string> launcher) {
    Ffmpeg ffmpeg{find_tool(paths.ffmpeg, paths.search_path), {}, {}, std::move(launcher)};
    if (ffmpeg.launcher.empty()) return ffmpeg;
    auto& program = ffmpeg.launcher.front();
    const auto found = find_optional_tool(program, paths.search_path);
    if (!found) {
        throw Error(Category::tool_missing, fmt::format("The launcher {} was not found.", program),
                    "Check --launcher, $DADCAM_LAUNCHER, and `dadcam config --global`.");
    }
    program = *found;
    return ffmpeg;
}

Ffmpeg identified(Ffmpeg ffmpeg, std::string identity) {
    ffmpeg.identity = std::move(identity);
    ffmpeg.version = version_in(ffmpeg.identity, "ffmpeg", ffmpeg.path);
    require_recent(ffmpeg);
    require_one(ffmpeg);
    return ffmpeg;
}

Ffmpeg find_ffmpeg(const ToolPaths& paths, std::vector<std::string> launcher, const Stop& stop) {
    auto ffmpeg = locate_ffmpeg(paths, std::move(launcher));
    auto identity = ask(ffmpeg, {"-version"}, stop);
    return identified(std::move(ffmpeg), std::move(identity));
}

Ffprobe ask_ffprobe(const ToolPaths& paths, const Stop& stop) {
    Ffprobe ffprobe{find_tool(paths.ffprobe, paths.search_path), {}};
    ffprobe.version = version_in(ask({ffprobe.path, {}, {}}, {"-version"}, stop), "ffprobe", ffprobe.path);
    return ffprobe;
}

void require_same_version(const Ffprobe& ffprobe, const Ffmpeg& ffmpeg) {
    if (ffprobe.version == ffmpeg.version) return;
    throw Error(Category::tool_missing,
                fmt::format("{} is version {}, but {} is version {}.", ffprobe.path, ffprobe.version, ffmpeg.path,
                            ffmpeg.version),
                kCheckPaths);
}

std::string find_ffprobe(const ToolPaths& paths, const Ffmpeg& ffmpeg, const Stop& stop) {
    const auto ffprobe = ask_ffprobe(paths, stop);
    require_same_version(ffprobe, ffmpeg);
    return ffprobe.path;
}

std::vector<std::string> missing_encoders(const Ffmpeg& ffmpeg, const std::vector<std::string>& names,
                                          const Stop& stop) {
    return not_listed(ffmpeg, "-encoders", names, stop);
}

std::vector<std::string> missing_filters(const Ffmpeg& ffmpeg, const std::vector<std::string>& names,
                                         const Stop& stop) {
    return not_listed(ffmpeg, "-filters", names, stop);
}

void require_encoders(const Ffmpeg& ffmpeg, const std::vector<std::string>& encoders, const Stop& stop) {
    require_none(ffmpeg, "encoder", missing_encoders(ffmpeg, encoders, stop));
}

void require_filters(const Ffmpeg& ffmpeg, const std::vector<std::string>& filters, const Stop& stop) {
    require_none(ffmpeg, "filter", missing_filters(ffmpeg, filters, stop));
}

}  // namespace dadcam::process
