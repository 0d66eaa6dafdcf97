#pragma once

#include <apps/terminal.hpp>
#include <libdadcam/render/observer.hpp>

#include <optional>
#include <string>

namespace dadcam::app {

/// For a log file, a pipe, `TERM=dumb`: a whole line on `terminal.err` now and then, without control codes.
///
///      40%  Encoding clip 6 of 15  elapsed 0:41  ETA 0:48
///
/// A line is written for a run's first progress, and then when the stage is another, 10 percentage points or 30 seconds
/// of `elapsed_seconds` after the last line.
class PlainLines : public render::Observer {
public:
    /// `terminal` must outlive the observer. `verbose`: below each line, one for each segment that is being rendered.
    PlainLines(Terminal& terminal, bool verbose) : terminal_(terminal), verbose_(verbose) {}

    void progress(const render::Progress& progress) override;
    void note(const std::string& text) override;
    void completed(const render::Outcome& outcome) override;

private:
    bool due(const render::Progress& progress) const;

    Terminal& terminal_;
    bool verbose_;
    std::optional<render::Progress> written_;  ///< the last line's
};

}  // namespace dadcam::app
