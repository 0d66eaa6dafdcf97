#pragma once

#include <apps/arguments/offer.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

/// What the program can be called with. Only this folder includes CLI11: it compiles for long, and what makes
/// a command, add_command.cpp, longest.
namespace dadcam::app {

/// What shells offer, by argument.
using Offers = std::map<const CLI::Option*, Offer>;

/// An option or a positional: what else holds of it.
class Argument {
public:
    Argument(CLI::Option& option, Offers& offers) : option_(&option), offers_(&offers) {}

    bool given() const;  ///< once the command line is read
    Argument& required();
    Argument& type_name(const std::string& name);  ///< in the help, in place of TEXT
    Argument& show_default();                      ///< in the help: the value that it has by now
    Argument& one_value_each();                    ///< of a list: its name stands before each value
    Argument& excludes(const Argument& other);
    Argument& positive();
    /// Both included; NaN is in no range. Number: as of the value.
    template <typename Number>
    Argument& range(Number least, Number most);
    Argument& one_of(const std::vector<std::string>& words);  ///< which shells offer, too
    Argument& offers(Offered kind);
    Argument& offers(const std::vector<std::string>& words);

private:
    CLI::Option* option_;
    Offers* offers_;
};

/// What the program, a command or one of its verbs can be given.
class Declaration {
public:
    Declaration(CLI::App& app, Offers& offers) : app_(&app), offers_(&offers) {}

    /// `names`: "-o,--output", or "FILE" for a positional. `into` gets the value when the command line is parsed: a
    /// std::string, an optional one, a list of them or of std::int64_t, std::int64_t, std::uint64_t, unsigned, double.
    template <typename Value>
    Argument add_option(const std::string& names, Value& into, const std::string& description);
    Argument add_flag(const std::string& names, bool& into, const std::string& description);

    /// One of the words of which one has to follow the command, as "add" in `dadcam tag add`. `chosen` gets its name.
    Declaration add_verb(const std::string& name, const std::string& summary, const std::string& example,
                         std::string& chosen);

    /// A command that may follow this one, with an example of its use.
    Declaration add_below(const std::string& name, const std::string& summary, const std::string& example);

private:
    CLI::App* app_;
    Offers* offers_;
};

}  // namespace dadcam::app
