#include <CLI/App.hpp>
#include <apps/arguments/brackets.hpp>
#include <apps/arguments/declaration.hpp>
#include <cmath>
#include <cstdlib>
#include <type_traits>

namespace dadcam::app {
namespace {

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

}  // namespace

bool Argument::given() const {
    return option_->count() > 0;
}

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
    return offers(words);
}

Argument& Argument::offers(Offered kind) {
    (*offers_)[option_] = {kind};
    return *this;
}

Argument& Argument::offers(const std::vector<std::string>& words) {
    (*offers_)[option_] = {Offered::words, words};
    return *this;
}

template <typename Value>
Argument Declaration::add_option(const std::string& names, Value& into, const std::string& description) {
    if constexpr (std::is_arithmetic_v<Value> || std::is_same_v<Value, std::vector<std::int64_t>>)
        return {*app_->add_option(names, into, description), *offers_};
    else
        return {*bind_text(*app_, names, into, description), *offers_};
}

Argument Declaration::add_flag(const std::string& names, bool& into, const std::string& description) {
    return {*app_->add_flag(names, into, description), *offers_};
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
