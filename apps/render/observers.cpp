#include <apps/render/json_lines.hpp>
#include <apps/render/observers.hpp>
#include <apps/render/paced.hpp>
#include <apps/render/plain_lines.hpp>
#include <apps/render/terminal_bar.hpp>
#include <apps/render/timed.hpp>

namespace dadcam::app {

namespace {

std::unique_ptr<render::Observer> for_people(Terminal& terminal, const GlobalOptions& options) {
    const bool can_repaint = terminal.err_is_terminal && terminal.variable("TERM").value_or("dumb") != "dumb";
    const bool color = !options.no_color && !terminal.variable("NO_COLOR");
    if (options.quiet || can_repaint) {
        return std::make_unique<TerminalBar>(terminal, options.quiet, options.verbose, color);
    }
    return std::make_unique<PlainLines>(terminal, options.verbose);
}

}  // namespace

std::unique_ptr<render::Observer> make_observer(Terminal& terminal, const GlobalOptions& options) {
    std::unique_ptr<render::Observer> observer;
    if (options.json)
        observer = std::make_unique<JsonLines>(terminal, options.verbose);
    else
        observer = for_people(terminal, options);
    if (options.verbose && !options.quiet && !options.json) observer = std::make_unique<Timed>(std::move(observer));
    if (!terminal.is_behind) return observer;
    const auto& stream = options.json ? terminal.out : terminal.err;
    return std::make_unique<Paced>(std::move(observer),
                                   [is_behind = terminal.is_behind, &stream] { return is_behind(stream); });
}

}  // namespace dadcam::app
