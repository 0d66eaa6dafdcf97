#include <fmt/format.h>

#include <apps/render/format.hpp>
#include <apps/render/timed.hpp>
#include <utility>

namespace dadcam::app {

std::string took(std::chrono::steady_clock::duration time) {
    const double seconds = std::chrono::duration<double>(time).count();
    return seconds < 60 ? fmt::format("{:.{}f} s", seconds, seconds < 10 ? 2 : 1) : clock(seconds);
}

void Timed::end_stage() {
    const auto now = Clock::now();
    spent_[static_cast<std::size_t>(stage_)] += now - std::exchange(since_, now);
}

void Timed::progress(const render::Progress& progress) {
    if (progress.stage != stage_) {
        end_stage();
        stage_ = progress.stage;
    }
    next_->progress(progress);
}

void Timed::completed(const render::Outcome& outcome) {
    end_stage();
    next_->completed(outcome);
    using render::Stage;
    const auto spent = [&](Stage stage) { return took(spent_[static_cast<std::size_t>(stage)]); };
    next_->note(fmt::format("Starting took {}, encoding {}, joining {}.", spent(Stage::starting),
                            spent(Stage::encoding), spent(Stage::finalizing)));
}

}  // namespace dadcam::app
