#pragma once

#include <apps/terminal.hpp>
#include <libdadcam/render/observer.hpp>

#include <memory>

namespace dadcam::app {

/// The observer that fits where the progress goes: `--json`: JSON lines on `out`; `--quiet`: nothing; `err` a terminal
/// that can repaint (TERM is set and not "dumb"): one bar, in colour unless NO_COLOR or `--no-color` says otherwise;
/// else plain lines. A reader that is behind is spared old progress. `terminal` must outlive it.
std::unique_ptr<render::Observer> make_observer(Terminal& terminal, const GlobalOptions& options);

}  // namespace dadcam::app
