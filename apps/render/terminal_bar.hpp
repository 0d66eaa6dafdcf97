#pragma once

#include <apps/terminal.hpp>
#include <libdadcam/render/observer.hpp>

#include <optional>
#include <string>

namespace dadcam::app {

/// One line on `terminal.err` that is painted anew in place with `\r` and erase-to-end, in ASCII but for what the
/// operation says itself:
///
///     [=========>          ]  46%  Encoding clip 3 of 15  0:41  ETA 0:48  1.8x
///
/// and, if it is to say more, below it a line for each segment that is being rendered.
///
/// It stays narrower than the terminal, whose columns are asked at each repaint (unknown: 80). A film that is done
/// leaves the full bar and a newline; a failed, cancelled or abandoned one leaves an empty line to write on.
class TerminalBar : public render::Observer {
public:
    /// `terminal` must outlive the bar. `quiet`: prints nothing, ever. `verbose`: counts of frames too, where there is
    /// room, and what each worker does. `color`: SGR colour sequences may be used.
    TerminalBar(Terminal& terminal, bool quiet, bool verbose, bool color);
    ~TerminalBar() override;
    TerminalBar(const TerminalBar&) = delete;
    TerminalBar& operator=(const TerminalBar&) = delete;

    void progress(const render::Progress& progress) override;
    void note(const std::string& text) override;
    void completed(const render::Outcome& outcome) override;

private:
    std::string painted();
    std::string erased() const;
    void write(const std::string& bytes);

    Terminal& terminal_;
    bool quiet_;
    bool verbose_;
    bool color_;
    std::optional<render::Progress> shown_;  ///< what the bar shows; absent: there is no bar
    std::size_t below_ = 0;                  ///< lines that stand below it
};

}  // namespace dadcam::app
