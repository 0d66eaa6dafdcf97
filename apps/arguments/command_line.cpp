#include <CLI/App.hpp>
#include <algorithm>
#include <apps/arguments/brackets.hpp>
#include <apps/arguments/command_line.hpp>
#include <libdadcam/error.hpp>

namespace dadcam::app {
namespace {

/// Turns what CLI11 says into one sentence.
Error usage_error(const CLI::ParseError& error, const std::string& command) {
    std::string message = with_brackets(error.what());
    if (message.empty() || message.back() != '.') message += '.';
    return Error(Category::usage, message,
                 "`dadcam " + (command.empty() ? "" : command + " ") + "--help` shows how it is used.");
}

/// A command, or a command below it, with the options that it takes from above.
const CLI::Option* find_option(const CLI::App* app, const std::string& name) {
    for (; app != nullptr; app = app->get_parent())
        if (const auto* option = app->get_option_no_throw(name)) return option;
    return nullptr;
}

std::vector<std::string> option_names(const CLI::App* app) {
    std::vector<std::string> names;
    const bool is_program = app->get_parent() == nullptr;
    for (; app != nullptr; app = app->get_parent()) {
        for (const auto* option : app->get_options()) {
            // The program's --version is not a command's.
            if (!is_program && app->get_parent() == nullptr && option == app->get_version_ptr()) continue;
            for (const auto& name : option->get_snames()) names.push_back('-' + name);
            for (const auto& name : option->get_lnames()) names.push_back("--" + name);
        }
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

std::vector<std::string> command_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const auto* command : app.get_subcommands([](const CLI::App*) { return true; }))
        names.push_back(command->get_name());
    return names;
}

const CLI::App* find_command(const CLI::App& app, const std::string& name) {
    const auto found = app.get_subcommands([&](const CLI::App* command) { return command->get_name() == name; });
    return found.empty() ? nullptr : found.front();
}

bool takes_a_value(const CLI::Option& option) {
    return option.get_items_expected_max() > 0;
}

/// The positional that the next word is for; the last one where it takes several.
const CLI::Option* positional(const CLI::App& app, std::size_t count) {
    for (const auto* option : app.get_options([](const CLI::Option* each) { return each->get_positional(); })) {
        const auto most = static_cast<std::size_t>(option->get_items_expected_max());
        if (count < most) return option;
        count -= most;
    }
    return nullptr;
}

}  // namespace

std::optional<std::string> CommandLine::parse(const std::vector<std::string>& words, Terminal& terminal) {
    std::vector<std::string> backwards;  // as CLI11 wants them
    for (auto word = words.rbegin(); word != words.rend(); ++word) backwards.push_back(without_brackets(*word));
    try {
        app_->parse(backwards);
    } catch (const CLI::Success& asked) {
        app_->exit(asked, terminal.out, terminal.err);
        return std::nullopt;
    } catch (const CLI::ParseError& error) {
        throw usage_error(error, chosen());
    }
    if (auto command = chosen(); !command.empty()) return command;
    terminal.out << app_->help();
    return std::nullopt;
}

Next CommandLine::next(const std::vector<std::string>& words) const {
    const auto what = [&](const CLI::Option* option) {
        const auto found = offers_.find(option);
        return found == offers_.end() ? Offer{} : found->second;
    };
    const CLI::App* app = app_.get();
    const CLI::Option* value_of = nullptr;
    Next next;
    for (std::size_t at = 0; at + 1 < words.size(); ++at) {
        const auto& word = words[at];
        if (value_of != nullptr) {
            value_of = nullptr;
        } else if (word.starts_with('-')) {
            const auto* option = word.find('=') == std::string::npos ? find_option(app, word) : nullptr;
            if (option != nullptr && takes_a_value(*option)) value_of = option;
        } else if (const auto* command = find_command(*app, word)) {
            app = command;
        } else {
            next.before.push_back(word);
        }
    }
    const auto current = words.empty() ? "" : words.back();
    if (value_of != nullptr)
        next.offer = what(value_of);
    else if (current.starts_with("--") && current.find('=') != std::string::npos)
        next.offer = what(find_option(app, current.substr(0, current.find('='))));
    else if (current.starts_with('-'))
        next.offer.words = option_names(app);
    else if (auto commands = command_names(*app); !commands.empty())
        next.offer.words = std::move(commands);
    else
        next.offer = what(positional(*app, next.before.size()));
    return next;
}

std::string CommandLine::chosen() const {
    const auto parsed = app_->get_subcommands();
    return parsed.empty() ? "" : parsed.front()->get_name();
}

}  // namespace dadcam::app
