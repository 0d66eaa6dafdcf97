#include <CLI/CLI.hpp>

#include <apps/command_line.hpp>
#include <cmath>
#include <cstdlib>
#include <libdadcam/error.hpp>
#include <type_traits>

namespace dadcam::app {
namespace {

// CLI11 takes a value such as [a,b] apart, and {} for no value at all, though both may be a file's name. So it never
// sees these brackets: each becomes two bytes, the first of which is rare and may begin an option's name as they may.
constexpr char kEscape = '\x7f';

std::string without_brackets(const std::string& word) {
    std::string hidden;
    for (const char c : word) {
        const bool hide = c == '[' || c == '{' || c == kEscape;
        if (hide) hidden += kEscape;
        hidden += hide ? static_cast<char>(c ^ 1) : c;
    }
    return hidden;
}

std::string with_brackets(const std::string& hidden) {
    std::string word;
    bool escaped = false;
    for (const char c : hidden) {
        if (!escaped && c == kEscape) {
            escaped = true;
            continue;
        }
        word += escaped ? static_cast<char>(c ^ 1) : c;
        escaped = false;
    }
    return word;
}

CLI::Option* bind_text(CLI::App& app, const std::string& names, std::string& into, const std::string& description) {
    return app
        .add_option_function<std::string>(
            names, [&into](const std::string& word) { into = with_brackets(word); }, description)
        ->default_function([&into] { return into; });
}

CLI::Option* bind_text(CLI::App& app, const std::string& names, std::optional<std::string>& into,
                       const std::string& description) {
    return app.add_option_function<std::string>(
        names, [&into](const std::string& word) { into = with_brackets(word); }, description);
}

CLI::Option* bind_text(CLI::App& app, const std::string& names, std::vector<std::string>& into,
                       const std::string& description) {
    return app.add_option_function<std::vector<std::string>>(
        names,
        [&into](const std::vector<std::string>& words) {
            for (const auto& word : words) into.push_back(with_brackets(word));
        },
        description);
}

/// CLI::Range lets NaN pass.
std::string is_a_number(const std::string& text) {
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    return !text.empty() && end == text.c_str() + text.size() && std::isfinite(value) ? "" : "it is not a number";
}

CLI::App& add_below(CLI::App& above, const std::string& name, const std::string& summary, const std::string& example) {
    auto& command = *above.add_subcommand(name, summary);
    command.footer("Example:\n  " + example);
    command.fallthrough();
    return command;
}

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

Argument& Argument::required() {
    option_->required();
    return *this;
}

Argument& Argument::type_name(const std::string& name) {
    option_->type_name(name);
    return *this;
}

Argument& Argument::show_default() {
    option_->capture_default_str();
    return *this;
}

Argument& Argument::one_value_each() {
    option_->allow_extra_args(false);
    return *this;
}

Argument& Argument::excludes(const Argument& other) {
    option_->excludes(other.option_);
    return *this;
}

Argument& Argument::positive() {
    option_->check(CLI::PositiveNumber);
    return *this;
}

template <typename Number>
Argument& Argument::range(Number least, Number most) {
    CLI::Validator range = CLI::Range(least, most);
    if constexpr (std::is_floating_point_v<Number>) range = range & CLI::Validator(is_a_number, "NUMBER");
    option_->check(range);
    return *this;
}

Argument& Argument::one_of(const std::vector<std::string>& words) {
    option_->check(CLI::IsMember(words));
    return *this;
}

template <typename Value>
Argument Declaration::add_option(const std::string& names, Value& into, const std::string& description) {
    if constexpr (std::is_arithmetic_v<Value> || std::is_same_v<Value, std::vector<std::int64_t>>)
        return Argument(*app_->add_option(names, into, description));
    else
        return Argument(*bind_text(*app_, names, into, description));
}

Argument Declaration::add_flag(const std::string& names, bool& into, const std::string& description) {
    return Argument(*app_->add_flag(names, into, description));
}

Declaration Declaration::add_verb(const std::string& name, const std::string& summary, const std::string& example,
                                  std::string& chosen) {
    app_->require_subcommand(1);
    auto& verb = add_below(*app_, name, summary, example);
    verb.final_callback([&chosen, name] { chosen = name; });
    return Declaration(verb);
}

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
    auto& command = add_below(*app_, name, summary, example);
    command.group(group);
    return Declaration(command);
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

template Argument& Argument::range(unsigned, unsigned);
template Argument& Argument::range(std::int64_t, std::int64_t);
template Argument& Argument::range(double, double);
template Argument Declaration::add_option(const std::string&, std::string&, const std::string&);
template Argument Declaration::add_option(const std::string&, std::optional<std::string>&, const std::string&);
template Argument Declaration::add_option(const std::string&, std::vector<std::string>&, const std::string&);
template Argument Declaration::add_option(const std::string&, std::vector<std::int64_t>&, const std::string&);
template Argument Declaration::add_option(const std::string&, std::int64_t&, const std::string&);
template Argument Declaration::add_option(const std::string&, std::uint64_t&, const std::string&);
template Argument Declaration::add_option(const std::string&, unsigned&, const std::string&);
template Argument Declaration::add_option(const std::string&, double&, const std::string&);

}  // namespace dadcam::app
