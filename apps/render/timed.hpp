#pragma once

#include <array>
#include <chrono>
#include <libdadcam/render/observer.hpp>
#include <memory>

namespace dadcam::app {

/// "0.03 s", "12.4 s"; from a minute on as clock() has it.
std::string took(std::chrono::steady_clock::duration time);

/// Says how long each stage of an export took, once it is over.
class Timed : public render::Observer {
public:
    explicit Timed(std::unique_ptr<render::Observer> next) : next_(std::move(next)) {}

    void progress(const render::Progress& progress) override;
    void note(const std::string& text) override { next_->note(text); }
    void completed(const render::Outcome& outcome) override;

private:
    using Clock = std::chrono::steady_clock;
    void end_stage();

    std::unique_ptr<render::Observer> next_;
    std::array<Clock::duration, 3> spent_{};  ///< by stage
    render::Stage stage_ = render::Stage::starting;
    Clock::time_point since_ = Clock::now();
};

}  // namespace dadcam::app
