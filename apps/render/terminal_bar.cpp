#include <apps/render/format.hpp>
#include <apps/render/terminal_bar.hpp>

#include <fmt/core.h>

#include <algorithm>

namespace dadcam::app {

namespace {

constexpr int kColumnsIfUnknown = 80;
constexpr int kPercentWidth = 4;  // "100%"
constexpr int kFrameWidth = 3;    // "[", "] "
constexpr int kFewestCells = 10;
constexpr int kMostCells = 50;
constexpr int kShortestOperation = 24;  // cut to less it is left out: "Encoding clip…" says nothing

std::string bar(int cells, int percent, bool color) {
    const int filled = cells * percent / 100;
    const std::string done = std::string(static_cast<std::size_t>(filled), '=') + (filled < cells ? ">" : "");
    const std::string rest(static_cast<std::size_t>(cells) - done.size(), ' ');
    return color ? fmt::format("[\x1b[32m{}\x1b[0m{}] ", done, rest) : fmt::format("[{}{}] ", done, rest);
}

/// At most `width` cells. Room goes to the percentage, the time to go, a short bar, the operation, the time gone by,
/// the speed, the frames, in this order; what is left makes the bar longer.
std::string compose(const render::Progress& progress, int width, bool verbose, bool color) {
    int room = width - kPercentWidth;
    if (room < 0) return {};
    const auto field = [&room](const std::string& text) {
        const int needed = 2 + display_width(text);
        if (text.empty() || needed > room) return std::string();
        room -= needed;
        return fmt::format("  {}", text);
    };

    const std::string to_go =
        field(progress.remaining_seconds ? fmt::format("ETA {}", clock(*progress.remaining_seconds)) : "");
    const bool has_bar = room >= kFrameWidth + kFewestCells;
    if (has_bar) room -= kFrameWidth + kFewestCells;
    const int longest_operation = room - 2;
    const std::string whole = printable(progress.operation);
    const std::string operation = field(longest_operation < kShortestOperation ? whole : fit(whole, longest_operation));
    const std::string gone_by = field(clock(progress.elapsed_seconds));
    const std::string speed = field(progress.speed ? fmt::format("{:.1f}x", *progress.speed) : "");
    const std::string frames =
        field(verbose ? fmt::format("{}/{} frames", progress.frames_completed, progress.frames_total) : "");

    // In steps of five cells, so that the line does not shift whenever a number gains a digit.
    const int cells = std::min(kMostCells, kFewestCells + room / 5 * 5);
    return fmt::format("{}{:3}%{}{}{}{}{}", has_bar ? bar(cells, progress.percent, color) : "", progress.percent,
                       operation, gone_by, to_go, speed, frames);
}

}  // namespace

TerminalBar::TerminalBar(Terminal& terminal, bool quiet, bool verbose, bool color)
    : terminal_(terminal), quiet_(quiet), verbose_(verbose), color_(color) {}

TerminalBar::~TerminalBar() {
    if (shown_) write(erased());
}

void TerminalBar::progress(const render::Progress& progress) {
    if (quiet_) return;
    const int earlier = shown_ && shown_->run_id == progress.run_id ? shown_->percent : 0;
    shown_ = progress;
    shown_->percent = std::clamp(progress.percent, earlier, 100);
    write(painted());
}

void TerminalBar::note(const std::string& text) {
    if (quiet_) return;
    const std::string line = printable(text) + "\n";
    write(shown_ ? erased() + line + painted() : line);
}

void TerminalBar::completed(const render::Outcome& outcome) {
    if (!shown_) return;
    if (outcome.success) {
        shown_->percent = 100;
        shown_->operation = "Completed";
        shown_->workers.clear();
        shown_->elapsed_seconds = outcome.elapsed_seconds;
        shown_->remaining_seconds.reset();
        write(painted() + "\n");
    } else {
        write(erased());
    }
    shown_.reset();
}

std::string TerminalBar::painted() {
    const int known = terminal_.columns ? terminal_.columns() : 0;
    const int columns = known > 0 ? known : kColumnsIfUnknown;
    std::string text = fmt::format("\r{}\x1b[K", compose(*shown_, columns - 1, verbose_, color_));
    const auto lines = verbose_ ? worker_lines(*shown_, columns - 1) : std::vector<std::string>{};
    for (const auto& line : lines) text += fmt::format("\r\n{}\x1b[K", line);
    if (below_ > lines.size()) text += "\x1b[J";
    if (!lines.empty()) text += fmt::format("\r\x1b[{}A", lines.size());
    below_ = lines.size();
    return text;
}

/// The bar's line, and those below it, ready to be written on.
std::string TerminalBar::erased() const {
    return below_ > 0 ? "\r\x1b[J" : "\r\x1b[K";
}

void TerminalBar::write(const std::string& bytes) {
    terminal_.err << bytes << std::flush;
}

}  // namespace dadcam::app
