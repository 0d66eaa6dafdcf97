#pragma once

#include <functional>
#include <libdadcam/render/observer.hpp>
#include <memory>
#include <optional>

namespace dadcam::app {

/// Spares another observer's reader what has become old: while that one is behind, of all progress only the newest is
/// kept, until there is newer one or the end. Notes and the end are always passed on.
class Paced : public render::Observer {
public:
    Paced(std::unique_ptr<render::Observer> observer, std::function<bool()> is_behind)
        : observer_(std::move(observer)), is_behind_(std::move(is_behind)) {}

    void progress(const render::Progress& progress) override;
    void note(const std::string& text) override { observer_->note(text); }
    void completed(const render::Outcome& outcome) override;

private:
    std::unique_ptr<render::Observer> observer_;
    std::function<bool()> is_behind_;
    std::optional<render::Progress> kept_;
};

}  // namespace dadcam::app
