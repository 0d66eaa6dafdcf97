#include <fmt/format.h>

#include <apps/render/progress_line.hpp>
#include <cmath>

namespace dadcam::app {
namespace {

constexpr std::chrono::milliseconds kRepaint{100};
constexpr std::chrono::seconds kBetweenLines{5};

}  // namespace

ProgressLine::ProgressLine(const Context& context) : context_(context) {
    const auto& terminal = context.terminal;
    repaints_ = terminal.err_is_terminal && terminal.variable("TERM").value_or("dumb") != "dumb";
    next_ = std::chrono::steady_clock::now();
    if (!repaints_) next_ += kBetweenLines;
}

ProgressLine::~ProgressLine() {
    if (painted_ && repaints_) context_.terminal.err << "\r\x1b[K" << std::flush;
}

void ProgressLine::show(const std::string& text) {
    const auto now = std::chrono::steady_clock::now();
    if (context_.options.quiet || context_.options.json || now < next_) return;
    const auto& is_behind = context_.terminal.is_behind;
    if (is_behind && is_behind(context_.terminal.err)) return;
    if (repaints_)
        context_.terminal.err << '\r' << text << "\x1b[K" << std::flush;
    else
        context_.terminal.err << text << '\n';
    next_ = now;
    next_ += repaints_ ? std::chrono::steady_clock::duration(kRepaint) : kBetweenLines;
    painted_ = true;
}

void ProgressLine::show_measured(double part) {
    show(fmt::format("Measuring clips: {} %", std::floor(part * 100)));
}

}  // namespace dadcam::app
