#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <libdadcam/process/tools.hpp>
#include <stdexcept>
#include <tests/support/browser.hpp>
#include <thread>
#include <utility>

namespace dadcam::test {
namespace {

using Json = nlohmann::json;

constexpr int kPatienceMs = 120'000;

/// The browser reads its commands on descriptor 3 and answers on 4.
[[noreturn]] void become(const std::vector<std::string>& words, int commands, int answers) {
    // Beyond both, so that neither is lost while the other is put into its place.
    const int reads = ::fcntl(commands, F_DUPFD, 10), writes = ::fcntl(answers, F_DUPFD, 10);
    ::dup2(reads, 3);
    ::dup2(writes, 4);
    const int nothing = ::open("/dev/null", O_RDWR);
    for (const int standard : {0, 1, 2}) ::dup2(nothing, standard);
    std::vector<char*> pointers;
    for (const auto& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
    pointers.push_back(nullptr);
    ::execv(pointers[0], pointers.data());
    ::_exit(127);
}

std::string base64_decoded(const std::string& text) {
    static constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    unsigned bits = 0;
    int count = 0;
    for (const char c : text) {
        const auto value = kLetters.find(c);
        if (value == std::string_view::npos) break;
        bits = bits << 6U | static_cast<unsigned>(value);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        bytes += static_cast<char>(bits >> static_cast<unsigned>(count) & 0xffU);
    }
    return bytes;
}

}  // namespace

std::optional<std::string> Browser::find() {
    const char* path = std::getenv("PATH");
    return process::find_optional_tool("chromium", path == nullptr ? "" : path);
}

Browser::Browser(const std::string& program, int width, int height) {
    std::array<int, 2> commands{}, answers{};
    if (::pipe2(commands.data(), O_CLOEXEC) != 0 || ::pipe2(answers.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("no pipe");
    const std::vector<std::string> words{program,
                                         "--headless",
                                         "--no-sandbox",
                                         "--disable-gpu",
                                         "--disable-dev-shm-usage",
                                         "--no-first-run",
                                         "--disable-component-update",
                                         "--autoplay-policy=no-user-gesture-required",
                                         "--user-data-dir=" + profile_.path().string(),
                                         fmt::format("--window-size={},{}", width, height),
                                         "--remote-debugging-pipe",
                                         "about:blank"};
    process_ = ::fork();
    if (process_ == 0) become(words, commands[0], answers[1]);
    ::close(commands[0]);
    ::close(answers[1]);
    to_ = commands[1];
    from_ = answers[0];
    const std::string page = command("Target.createTarget", {{"url", "about:blank"}})["targetId"];
    session_ = command("Target.attachToTarget", {{"targetId", page}, {"flatten", true}})["sessionId"];
    for (const char* domain : {"Page", "Runtime", "Network", "Log"}) command(fmt::format("{}.enable", domain));
    command("Browser.grantPermissions", {{"permissions", {"clipboardReadWrite", "clipboardSanitizedWrite"}}});
    resize(width, height);
}

Browser::~Browser() {
    ::close(to_);
    ::close(from_);
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
}

Json Browser::read_message() {
    for (;;) {
        if (const auto end = read_.find('\0'); end != std::string::npos) {
            auto message = Json::parse(read_.substr(0, end));
            read_.erase(0, end + 1);
            return message;
        }
        pollfd ready{from_, POLLIN, 0};
        std::array<char, 65536> bytes{};
        if (::poll(&ready, 1, kPatienceMs) <= 0) throw std::runtime_error("the browser says nothing");
        const auto count = ::read(from_, bytes.data(), bytes.size());
        if (count <= 0) throw std::runtime_error("the browser has ended");
        read_.append(bytes.data(), static_cast<std::size_t>(count));
    }
}

void Browser::take_event(const Json& message) {
    const auto method = message.value("method", "");
    const auto& what = message.contains("params") ? message["params"] : Json::object();
    if (method == "Page.loadEventFired") is_loaded_ = true;
    if (method == "Network.requestWillBeSent") {
        const std::string address = what["request"]["url"];
        if (address.rfind("file:", 0) != 0 && address.rfind("data:", 0) != 0) requests_.push_back(address);
    }
    if (method == "Runtime.exceptionThrown") complaints_.push_back(what["exceptionDetails"].dump());
    if (method == "Runtime.consoleAPICalled" && what["type"] != "log") complaints_.push_back(what.dump());
    if (method == "Log.entryAdded") complaints_.push_back(what["entry"].dump());
    if (method == "Page.javascriptDialogOpening") {
        ++dialogs_;
        const auto words = Json{
            {"id", ++last_},
            {"method", "Page.handleJavaScriptDialog"},
            {"params", {{"accept", false}}},
            {"sessionId",
             session_}}.dump();
        if (::write(to_, words.c_str(), words.size() + 1) < 0) throw std::runtime_error("the browser has ended");
    }
}

Json Browser::command(const std::string& method, Json parameters) {
    const int id = ++last_;
    Json message{{"id", id}, {"method", method}, {"params", std::move(parameters)}};
    if (!session_.empty() && method.rfind("Target.", 0) != 0 && method.rfind("Browser.", 0) != 0)
        message["sessionId"] = session_;
    const auto words = message.dump();
    if (::write(to_, words.c_str(), words.size() + 1) < 0) throw std::runtime_error("the browser has ended");
    for (;;) {
        auto answer = read_message();
        if (!answer.contains("id")) {
            take_event(answer);
        } else if (answer["id"] == id) {
            if (answer.contains("error"))
                throw std::runtime_error(fmt::format("{}: {}", method, answer["error"].dump()));
            return answer["result"];
        }
    }
}

void Browser::open(const std::filesystem::path& file) {
    is_loaded_ = false;
    const auto [path, fragment] = [&] {
        const auto text = file.string();
        const auto hash = text.find('#');
        return std::pair{text.substr(0, hash), hash == std::string::npos ? "" : text.substr(hash)};
    }();
    command("Page.navigate", {{"url", "file://" + path + fragment}});
    while (!is_loaded_) take_event(read_message());
}

Json Browser::evaluate(const std::string& expression) {
    const auto answer =
        command("Runtime.evaluate",
                {{"expression", expression}, {"returnByValue", true}, {"awaitPromise", true}, {"userGesture", true}});
    if (answer.contains("exceptionDetails")) throw std::runtime_error(answer["exceptionDetails"].dump());
    return answer["result"].value("value", Json());
}

bool Browser::becomes(const std::string& expression) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes{1};
    while (std::chrono::steady_clock::now() < end) {
        if (evaluate(expression) == true) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    return false;
}

void Browser::click(const std::string& selector) {
    const auto place = evaluate(
        fmt::format("(() => {{ const e = document.querySelector({}); e.scrollIntoView({{block: 'center'}}); const b = "
                    "e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; }})()",
                    Json(selector).dump()));
    for (const char* type : {"mousePressed", "mouseReleased"}) {
        command("Input.dispatchMouseEvent",
                {{"type", type}, {"x", place[0]}, {"y", place[1]}, {"button", "left"}, {"clickCount", 1}});
    }
}

void Browser::type(const std::string& text) {
    command("Input.insertText", {{"text", text}});
}

void Browser::press(const std::string& key) {
    Json what{{"type", "keyDown"}, {"key", key}, {"code", key}};
    if (key == "Enter") what.update({{"windowsVirtualKeyCode", 13}, {"text", "\r"}});
    if (key == "Tab") what["windowsVirtualKeyCode"] = 9;
    command("Input.dispatchKeyEvent", what);
    what["type"] = "keyUp";
    command("Input.dispatchKeyEvent", what);
}

void Browser::resize(int width, int height, bool dark) {
    command("Emulation.setDeviceMetricsOverride",
            {{"width", width}, {"height", height}, {"deviceScaleFactor", 1}, {"mobile", false}});
    command("Emulation.setEmulatedMedia",
            {{"features", {{{"name", "prefers-color-scheme"}, {"value", dark ? "dark" : "light"}}}}});
}

void Browser::screenshot(const std::filesystem::path& png) {
    std::ofstream(png, std::ios::binary) << base64_decoded(
        command("Page.captureScreenshot")["data"].get<std::string>());
}

std::vector<std::string> Browser::requests() {
    return std::exchange(requests_, {});
}

std::vector<std::string> Browser::complaints() {
    return std::exchange(complaints_, {});
}

}  // namespace dadcam::test
