#pragma once

#include <chrono>
#include <libdadcam/library/library.hpp>
#include <libdadcam/render/observer.hpp>
#include <memory>

namespace dadcam::app::gallery {

/// Writes the library's gallery anew while an export goes on, and after it. What goes wrong with that is said once, and
/// never the export's.
class Refreshing : public render::Observer {
public:
    Refreshing(std::unique_ptr<render::Observer> next, library::Library& library)
        : next_(std::move(next)), library_(library) {}

    void progress(const render::Progress& progress) override;
    void note(const std::string& text) override { next_->note(text); }
    void completed(const render::Outcome& outcome) override;

private:
    void refresh(bool is_over);

    std::unique_ptr<render::Observer> next_;
    library::Library& library_;
    std::chrono::steady_clock::time_point due_{};
    bool has_failed_ = false;
};

/// True when the library's users have switched it on.
bool is_on(library::Library& library);

}  // namespace dadcam::app::gallery
