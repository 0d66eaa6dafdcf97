#include <apps/render/paced.hpp>

namespace dadcam::app {

void Paced::progress(const render::Progress& progress) {
    kept_ = progress;
    if (is_behind_()) return;
    observer_->progress(progress);
    kept_.reset();
}

void Paced::completed(const render::Outcome& outcome) {
    if (kept_) observer_->progress(*kept_);
    kept_.reset();
    observer_->completed(outcome);
}

}  // namespace dadcam::app
