#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <libdadcam/error.hpp>
#include <libdadcam/process/process.hpp>
#include <libdadcam/process/tools.hpp>
#include <sstream>

namespace dadcam::process {
namespace {

constexpr std::size_t kMostOutput = 1 << 20;
constexpr std::chrono::seconds kPatience{30};
constexpr const char* kInstall = "Install it with: apt install ffmpeg";

bool executable(const std::filesystem::path& path) {
    std::error_code error;
    return std::filesystem::is_regular_file(path, error) && ::access(path.c_str(), X_OK) == 0;
}

std::string ask(const Ffmpeg& ffmpeg, std::vector<std::string> arguments, const Stop& stop) {
    const auto captured = capture({ffmpeg.path, std::move(arguments)}, Stream::out, kMostOutput, kPatience, stop);
    if (!captured.finished.exit.success()) {
        throw Error(Category::tool_missing,
                    fmt::format("{} does not work ({}).", ffmpeg.path, describe(captured.finished.exit)), kInstall);
    }
    return captured.output;
}

}  // namespace

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

Ffmpeg find_ffmpeg(const ToolPaths& paths, const Stop& stop) {
    Ffmpeg ffmpeg{find_tool(paths.ffmpeg, paths.search_path), {}, {}};
    ffmpeg.identity = ask(ffmpeg, {"-version"}, stop);
    std::string first, second;
    std::istringstream(ffmpeg.identity) >> first >> second >> ffmpeg.version;
    if (first != "ffmpeg" || second != "version") {
        throw Error(Category::tool_missing, fmt::format("{} does not answer as ffmpeg does.", ffmpeg.path), kInstall,
                    ffmpeg.identity.substr(0, 500));
    }
    return ffmpeg;
}

void require_encoder(const Ffmpeg& ffmpeg, const std::string& encoder, const Stop& stop) {
    std::istringstream lines(ask(ffmpeg, {"-hide_banner", "-encoders"}, stop));
    for (std::string line; std::getline(lines, line);) {
        std::string flags, name;
        if (std::istringstream(line) >> flags >> name && name == encoder) return;
    }
    throw Error(Category::tool_missing, fmt::format("This ffmpeg ({}) has no {} encoder.", ffmpeg.version, encoder),
                "Install Debian's own build with: apt install ffmpeg");
}

}  // namespace dadcam::process
