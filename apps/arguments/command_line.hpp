#pragma once

#include <apps/arguments/declaration.hpp>
#include <apps/terminal.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dadcam::app {

class CommandLine {
public:
    CommandLine(const std::string& name, const std::string& description, const std::string& version,
                const std::string& footer);
    ~CommandLine();
    CommandLine(const CommandLine&) = delete;
    CommandLine& operator=(const CommandLine&) = delete;

    /// What may stand before the command and behind it.
    Declaration everywhere();
    /// `group`: its heading in the help.
    Declaration add_command(const std::string& name, const std::string& group, const std::string& summary,
                            const std::string& example);

    /// Reads the words behind the program's name. Returns the command that is to run; nothing when help or the version
    /// was asked for, or no command named: then that is written. Error(usage).
    std::optional<std::string> parse(const std::vector<std::string>& words, Terminal& terminal);

    /// What can stand for the last of these words, which is empty or begun, by what was declared. An option that is
    /// begun, or the value of one, as in "--mode=a", too.
    Next next(const std::vector<std::string>& words) const;

private:
    std::string chosen() const;

    std::unique_ptr<CLI::App> app_;
    Offers offers_;
};

}  // namespace dadcam::app
