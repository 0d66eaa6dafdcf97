#pragma once

#include <apps/context.hpp>
#include <chrono>
#include <string>

namespace dadcam::app {

/// One line that says how far something is, for what takes its time outside an export: repainted on a terminal, a line
/// every few seconds elsewhere, nothing with --quiet or --json. It is gone at the end of the scope.
class ProgressLine {
public:
    explicit ProgressLine(const Context& context);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(const std::string& text);
    /// How much of the clips has been measured, 0 to 1.
    void show_measured(double part);

private:
    const Context& context_;
    bool repaints_ = false;
    bool painted_ = false;
    std::chrono::steady_clock::time_point next_;
};

}  // namespace dadcam::app
