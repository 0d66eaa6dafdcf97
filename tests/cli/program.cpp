#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <tests/cli/program.hpp>
#include <tests/support/temporary_folder.hpp>
#include <thread>

namespace dadcam::test {
namespace {

namespace fs = std::filesystem;

/// Tells its process and keeps standard error apart, then becomes the program: what follows has this process's id.
constexpr const char* kShell = R"(echo $$ >"$0/pid"; exec "$@" 2>"$0/err")";

/// Settings and notes are nobody's.
const fs::path& home_of_all_calls() {
    static const SharedFolder home;
    return home.path();
}

}  // namespace

std::vector<std::string> words(const Call& call) {
    std::vector<std::string> all{"/usr/bin/env", "-C", call.folder.string()};
    for (const char* name : {"DADCAM_LIBRARY", "DADCAM_FFMPEG_PATH", "DADCAM_FFPROBE_PATH", "DADCAM_LAUNCHER",
                             "NO_COLOR", "XDG_CONFIG_HOME", "XDG_STATE_HOME"}) {
        all.insert(all.end(), {"-u", name});
    }
    all.push_back(fmt::format("HOME={}", home_of_all_calls().string()));
    all.emplace_back("TZ=UTC");  // a new library's zone
    if (!call.environment.contains("PATH")) {
        const std::string quick = DADCAM_TEST_QUICK;
        all.push_back(fmt::format("DADCAM_TEST_ANSWERS={}", DADCAM_TEST_ANSWERS));
        all.push_back(fmt::format("DADCAM_FFMPEG_PATH={}/ffmpeg", quick));
        all.push_back(fmt::format("DADCAM_FFPROBE_PATH={}/ffprobe", quick));
    }
    for (const auto& [name, value] : call.environment) all.push_back(fmt::format("{}={}", name, value));
    all.emplace_back(DADCAM_TEST_PROGRAM);
    all.insert(all.end(), call.arguments.begin(), call.arguments.end());
    return all;
}

Ran run(const Call& call) {
    const TemporaryFolder scratch;
    std::vector<std::string> arguments{"-c", kShell, scratch.path().string()};
    const auto program = words(call);
    arguments.insert(arguments.end(), program.begin(), program.end());

    Ran ran;
    const process::Stop stop;
    const process::Listener listener{[&](std::string_view bytes) {
                                         ran.out += bytes;
                                         pid_t pid = 0;
                                         std::ifstream(scratch / "pid") >> pid;
                                         if (call.on_output) call.on_output(pid, ran.out);
                                     },
                                     {}};
    ran.exit = process::run({"/bin/sh", arguments}, process::Stream::out, listener, stop).exit;
    ran.err = read_file(scratch / "err");
    return ran;
}

std::vector<Json> json_lines(std::string_view out) {
    std::vector<Json> objects;
    if (!out.empty() && out.back() != '\n') throw std::runtime_error("the last line has no end");
    std::istringstream lines{std::string(out)};
    for (std::string line; std::getline(lines, line);) {
        objects.push_back(Json::parse(line));
        if (!objects.back().is_object()) throw std::runtime_error("not an object: " + line);
    }
    return objects;
}

bool eventually(const std::function<bool()>& is_so) {
    constexpr std::chrono::minutes kPatience{1};
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (!is_so()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    return true;
}

std::vector<pid_t> processes_naming(const std::string& text) {
    std::vector<pid_t> found;
    for (const auto& entry : fs::directory_iterator("/proc")) {
        const auto name = entry.path().filename().string();
        pid_t pid = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), pid);
        if (error != std::errc{} || end != name.data() + name.size() || pid == ::getpid()) continue;
        std::ostringstream words;  // a process that ends meanwhile has no words; istreambuf_iterator would throw
        words << std::ifstream(entry.path() / "cmdline").rdbuf();
        const auto words_of_it = words.str();
        if (words_of_it.find(text) != std::string::npos) found.push_back(pid);
    }
    return found;
}

}  // namespace dadcam::test
