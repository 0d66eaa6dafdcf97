#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <apps/editing.hpp>
#include <apps/rendering.hpp>
#include <cerrno>
#include <libdadcam/library/atomic_file.hpp>
#include <libdadcam/process/foreground.hpp>
#include <libdadcam/process/tools.hpp>
#include <libdadcam/temporary_folder.hpp>
#include <memory>
#include <system_error>

namespace dadcam::app {
namespace {

constexpr std::size_t kLongestText = 64'000'000;

[[noreturn]] void refuse_long(const std::string& name) {
    throw Error(Category::usage, fmt::format("{} is longer than 64 MB.", name), "Nothing was changed.");
}

std::string all_of(std::istream& in) {
    std::string text;
    std::string block(1 << 16, '\0');
    while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0) {
        text.append(block, 0, static_cast<std::size_t>(in.gcount()));
        if (text.size() > kLongestText) refuse_long("The text on standard input");
    }
    return text;
}

/// Of a pipe without a writer, too, one can stop waiting.
std::string all_of(const Context& context, const std::string& file) {
    constexpr int kTickMs = 100;
    const int descriptor = ::open((context.folder / file).c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    const auto closed = [descriptor](const char*) { ::close(descriptor); };
    const std::unique_ptr<const char, decltype(closed)> closing(descriptor < 0 ? nullptr : "", closed);
    std::string text;
    std::string block(1 << 16, '\0');
    while (descriptor >= 0) {
        if (context.stop.requested()) throw Error(Category::cancelled, "Cancelled.");
        pollfd entry{descriptor, POLLIN, 0};
        if (::poll(&entry, 1, kTickMs) <= 0) continue;
        const auto some = ::read(descriptor, block.data(), block.size());
        if (some == 0) return text;
        if (some < 0 && (errno == EAGAIN || errno == EINTR)) continue;
        if (some < 0) break;
        text.append(block, 0, static_cast<std::size_t>(some));
        if (text.size() > kLongestText) refuse_long(file);
    }
    throw Error(Category::input_not_found, fmt::format("{} cannot be read.", file), "Name a file that is there.");
}

/// In words, the first one a program that is there.
std::vector<std::string> editor_of(const Context& context) {
    const auto path = context.terminal.variable("PATH").value_or("");
    for (const char* variable : {"VISUAL", "EDITOR"}) {
        const auto value = context.terminal.variable(variable);
        if (!value) continue;
        auto words = words_of(*value);
        if (words.empty()) continue;
        const auto found = process::find_optional_tool(words.front(), path);
        if (!found) {
            throw Error(Category::tool_missing, fmt::format("The editor {} was not found.", words.front()),
                        fmt::format("Name another one in ${}.", variable));
        }
        words.front() = *found;
        return words;
    }
    for (const char* usual : {"editor", "vi", "nano"})
        if (auto found = process::find_optional_tool(usual, path)) return {*found};
    throw Error(Category::tool_missing, "There is no editor.", "Name one in $EDITOR, or give the list with --file.");
}

}  // namespace

EditedFile::EditedFile(const std::string& text)
    : folder_(make_temporary_folder("dadcam-edit-")), file_(folder_ / "list.txt") {
    library::write_text(file_, text);
}

EditedFile::~EditedFile() {
    std::error_code error;
    if (!kept_) std::filesystem::remove_all(folder_, error);
}

std::string EditedFile::edit(const Context& context) {
    if (!context.terminal.in_is_terminal || !context.terminal.out_is_terminal) {
        throw Error(
            Category::usage, "An editor needs a terminal.",
            "Give the list with --file FILE, or --file - for standard input; `dadcam recipe-show RECIPE --list` "
            "prints it.");
    }
    auto words = editor_of(context);
    process::Command command{words.front(), {words.begin() + 1, words.end()}};
    command.arguments.push_back(file_.string());
    const auto exit = process::run_in_foreground(command);
    if (!exit.success()) {
        throw Error(Category::general, fmt::format("{} ended with {}.", words.front(), process::describe(exit)),
                    "Nothing was changed.");
    }
    return text_to_take(context, file_.string());
}

Error EditedFile::keep(const Error& error, const std::string& command) {
    kept_ = true;
    return Error(
        error.category(), error.message(),
        fmt::format("{} Your text is kept. Correct it, then run: {} {}", error.advice(), command, file_.string()),
        error.detail());
}

std::string text_to_take(const Context& context, const std::string& file) {
    return file == "-" ? all_of(context.terminal.in) : all_of(context, file);
}

}  // namespace dadcam::app
