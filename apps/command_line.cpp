#include <CLI/CLI.hpp>

#include <apps/brackets.hpp>
#include <apps/command_line.hpp>
#include <libdadcam/error.hpp>

namespace dadcam::app {
namespace {

/// From 2.5 on CLI11 would break what is broken into lines already, and drop the blanks that these begin with.
void keep_lines(auto& formatter) {
    if constexpr (requires { formatter.enable_footer_formatting(false); }) {
        formatter.enable_footer_formatting(false);
        formatter.enable_description_formatting(false);
    }
}

/// Turns what CLI11 says into one sentence.
Error usage_error(const CLI::ParseError& error, const std::string& command) {
    std::string message = with_brackets(error.what());
    if (message.empty() || message.back() != '.') message += '.';
    return Error(Category::usage, message,
                 "`dadcam " + (command.empty() ? "" : command + " ") + "--help` shows how it is used.");
}

}  // namespace

CommandLine::CommandLine(const std::string& name, const std::string& description, const std::string& version,
                         const std::string& footer)
    : app_(std::make_unique<CLI::App>(description, name)) {
    keep_lines(*app_->get_formatter());
    app_->set_version_flag("--version", version);
    app_->set_help_flag("-h,--help", "Show this help");
    app_->require_subcommand(0, 1);
    app_->footer(footer);
}

CommandLine::~CommandLine() = default;

Declaration CommandLine::everywhere() {
    return Declaration(*app_);
}

Declaration CommandLine::add_command(const std::string& name, const std::string& group, const std::string& summary,
                                     const std::string& example) {
    const auto command = everywhere().add_below(name, summary, example);
    app_->get_subcommand(name)->group(group);
    return command;
}

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

std::string CommandLine::chosen() const {
    const auto parsed = app_->get_subcommands();
    return parsed.empty() ? "" : parsed.front()->get_name();
}

}  // namespace dadcam::app
