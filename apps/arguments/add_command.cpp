#include <CLI/CLI.hpp>

#include <apps/arguments/command_line.hpp>

namespace dadcam::app {
namespace {

/// From 2.5 on CLI11 would break what is broken into lines already, and drop the blanks that these begin with.
void keep_lines(auto& formatter) {
    if constexpr (requires { formatter.enable_footer_formatting(false); }) {
        formatter.enable_footer_formatting(false);
        formatter.enable_description_formatting(false);
    }
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
    return {*app_, offers_};
}

Declaration CommandLine::add_command(const std::string& name, const std::string& group, const std::string& summary,
                                     const std::string& example) {
    const auto command = everywhere().add_below(name, summary, example);
    app_->get_subcommand(name)->group(group);
    return command;
}

Declaration Declaration::add_below(const std::string& name, const std::string& summary, const std::string& example) {
    auto& below = *app_->add_subcommand(name, summary);
    below.footer("Example:\n  " + example);
    below.fallthrough();
    return {below, *offers_};
}

Declaration Declaration::add_verb(const std::string& name, const std::string& summary, const std::string& example,
                                  std::string& chosen) {
    app_->require_subcommand(1);
    const auto verb = add_below(name, summary, example);
    verb.app_->group("What to do");
    verb.app_->final_callback([&chosen, name] { chosen = name; });
    return verb;
}

}  // namespace dadcam::app
