#pragma once

#include <sys/types.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <tests/support/temporary_folder.hpp>
#include <vector>

namespace dadcam::test {

/// A real browser without a window: Debian's chromium, driven by its DevTools protocol over two pipes. It is told of
/// everything that pages ask for, say on the console, or want to show as a dialog.
class Browser {
public:
    /// Where it is; nothing when there is none.
    static std::optional<std::string> find();

    explicit Browser(const std::string& program, int width = 1024, int height = 800);
    ~Browser();
    Browser(const Browser&) = delete;
    Browser& operator=(const Browser&) = delete;

    /// Opens a file, and waits until all of the page is loaded.
    void open(const std::filesystem::path& file);
    /// The value of a JavaScript expression, once it is there when it is a promise. Throws std::runtime_error when it
    /// throws.
    nlohmann::json evaluate(const std::string& expression);
    /// Evaluates it until it is true; false when it is not after a minute.
    bool becomes(const std::string& expression);
    /// As a person does, at the middle of the first element that fits the selector.
    void click(const std::string& selector);
    void type(const std::string& text);
    void press(const std::string& key);
    void resize(int width, int height, bool dark = false);
    void screenshot(const std::filesystem::path& png);
    /// A command of the protocol, and its result.
    nlohmann::json command(const std::string& method, nlohmann::json parameters = nlohmann::json::object());

    /// Addresses that were asked for since the last call, but for those that begin with "file:" or "data:".
    std::vector<std::string> requests();
    /// What the console was told that is no mere note, and what was thrown; since the last call.
    std::vector<std::string> complaints();
    int dialogs() const { return dialogs_; }

private:
    nlohmann::json read_message();
    void take_event(const nlohmann::json& message);

    TemporaryFolder profile_;
    pid_t process_ = -1;
    int to_ = -1;
    int from_ = -1;
    int last_ = 0;
    int dialogs_ = 0;
    bool is_loaded_ = false;
    std::string session_;
    std::string read_;
    std::vector<std::string> requests_;
    std::vector<std::string> complaints_;
};

}  // namespace dadcam::test
