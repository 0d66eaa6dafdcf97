#include <fmt/format.h>

#include <algorithm>
#include <apps/cli.hpp>
#include <apps/complete.hpp>
#include <apps/render/format.hpp>
#include <libdadcam/version.hpp>
#include <map>
#include <numeric>
#include <optional>

namespace dadcam::app {
namespace {

void add_global_options(Declaration everywhere, GlobalOptions& options) {
    everywhere
        .add_option("--library", options.library,
                    "The library's folder (else $DADCAM_LIBRARY, else the nearest upwards)")
        .type_name("DIR")
        .offers(Offered::folders);
    everywhere.add_flag("--json", options.json, "Results and progress as JSON");
    everywhere.add_flag("-q,--quiet", options.quiet, "Only results and errors");
    everywhere.add_flag("-v,--verbose", options.verbose, "Say more");
    everywhere.add_flag("--no-color", options.no_color, "No colours");
}

/// The number of letters to insert, drop, change or swap (the optimal string alignment distance).
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
    std::iota(cost[0].begin(), cost[0].end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, change});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }
    return cost[a.size()][b.size()];
}

/// The first word that is not an option, when it is no command's name. CLI11 would take it for a surplus argument.
std::optional<std::string> unknown_command(const std::vector<std::string>& arguments) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const auto& word = arguments[i];
        if (word == "--library")
            ++i;
        else if (word.rfind('-', 0) != 0) {
            const auto table = commands();
            const bool known =
                std::any_of(table.begin(), table.end(), [&](const auto& row) { return word == row.name; });
            return known ? std::nullopt : std::optional(word);
        }
    }
    return std::nullopt;
}

[[noreturn]] void refuse_command(const std::string& typed) {
    const auto near = nearest_command(typed);
    throw Error(Category::usage, fmt::format("\"{}\" is not a dadcam command.", typed),
                near.empty() ? "`dadcam --help` lists the commands." : fmt::format("Did you mean: dadcam {}", near));
}

/// Waits for the readers of what was written. False when a stop ended that.
bool drained(const Context& context) {
    auto& terminal = context.terminal;
    terminal.out.flush();
    terminal.err.flush();
    const bool all = !terminal.await_readers || terminal.await_readers(context.stop);
    terminal.out.flush();  // it fails now if its reader was gone
    return all;
}

/// What somebody who has just installed it can do here.
constexpr const char* kFirstSteps =
    "This folder is not in a dadcam library. What you can do here:\n\n"
    "  dadcam try                            make a one-minute film of what is in this folder\n\n"
    "  dadcam init                           make this folder a library, and then:\n"
    "  dadcam ingest .                       add the clips that are in it\n"
    "  dadcam recipe-create Film --mode all  plan a film of all of them\n"
    "  dadcam export Film                    make the film\n\n"
    "When something does not work: dadcam doctor. All commands: dadcam --help\n";

int run_command(const std::vector<std::string>& arguments, Context& context) {
    const bool completing = !arguments.empty() && arguments.front() == kComplete;
    if (const auto word = completing ? std::nullopt : unknown_command(arguments)) refuse_command(*word);
    CommandLine line(
        "dadcam", "One film from a library of home video clips.", fmt::format("dadcam {}", version()),
        "`dadcam COMMAND --help` shows a command's arguments and an example; `man dadcam` explains everything.");
    add_global_options(line.everywhere(), context.options);
    std::map<std::string, Action> actions;
    for (const auto& [name, group, summary, example, declare] : commands())
        actions[name] = declare(line.add_command(name, group, summary, example));
    if (completing) return complete(context, line, {arguments.begin() + 1, arguments.end()});
    if (arguments.empty() && !find_library(context)) {
        context.terminal.out << kFirstSteps;
        return 0;
    }
    const auto command = line.parse(arguments, context.terminal);
    const int code = command ? actions.at(*command)(context) : 0;
    if (!drained(context)) return exit_code(Category::cancelled);
    if (!context.terminal.out) throw Error(Category::output_write_error, "The result could not be written.");
    return code;
}

int run_and_report(const std::vector<std::string>& arguments, Context& context) {
    const auto fail = [&](const Error& error) {
        report(context, error);
        return exit_code(error.category());
    };
    try {
        return run_command(arguments, context);
    } catch (const Error& error) {
        return fail(error);
    } catch (const SQLite::Exception& error) {
        return fail(library::database_error(error));
    } catch (const std::exception& error) {
        return fail(Error(Category::general, fmt::format("Something went wrong: {}.", error.what()),
                          "Run it again with --verbose. If it keeps happening, please report it as a bug."));
    }
}

}  // namespace

std::string nearest_command(const std::string& typed) {
    std::string nearest;
    std::size_t least = std::max<std::size_t>(2, typed.size() / 3) + 1;
    for (const auto& command : commands()) {
        if (const auto cost = distance(typed, command.name); cost < least) {
            least = cost;
            nearest = command.name;
        }
    }
    return nearest;
}

int run(const std::vector<std::string>& arguments, Context& context) {
    // Before anything is parsed, so that what is wrong with the arguments is said as JSON too.
    context.options.json = std::find(arguments.begin(), arguments.end(), "--json") != arguments.end();
    const int code = run_and_report(arguments, context);
    return drained(context) ? code : exit_code(Category::cancelled);
}

}  // namespace dadcam::app
