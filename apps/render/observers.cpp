#include <apps/render/json_lines.hpp>
#include <apps/render/observers.hpp>
#include <apps/render/plain_lines.hpp>
#include <apps/render/terminal_bar.hpp>

namespace dadcam::app {

std::unique_ptr<render::Observer> make_observer(Terminal& terminal, const GlobalOptions& options) {
    const bool can_repaint = terminal.err_is_terminal && terminal.variable("TERM").value_or("dumb") != "dumb";
    const bool color = !options.no_color && !terminal.variable("NO_COLOR");
    if (options.json) return std::make_unique<JsonLines>(terminal, options.verbose);
    if (options.quiet || can_repaint) {
        return std::make_unique<TerminalBar>(terminal, options.quiet, options.verbose, color);
    }
    return std::make_unique<PlainLines>(terminal, options.verbose);
}

}  // namespace dadcam::app
