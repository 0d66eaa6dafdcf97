#pragma once

#include <apps/terminal.hpp>
#include <libdadcam/render/observer.hpp>

#include <string>

namespace dadcam::app {

/// For a program: one JSON object a line on `terminal.out`, flushed at once, told apart by "event": "progress" (the
/// guide's ExportProgressEvent), "note", "completed" (its ExportCompletedEvent). What is not known is null; times are
/// seconds with at most three decimals; bytes that are not UTF-8 become U+FFFD.
class JsonLines : public render::Observer {
public:
    /// `terminal` must outlive the observer.
    /// `verbose`: a progress tells what each worker does, too.
    JsonLines(Terminal& terminal, bool verbose) : terminal_(terminal), verbose_(verbose) {}

    void progress(const render::Progress& progress) override;
    void note(const std::string& text) override;
    void completed(const render::Outcome& outcome) override;

private:
    Terminal& terminal_;
    bool verbose_;
};

}  // namespace dadcam::app
