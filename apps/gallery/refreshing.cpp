#include <fmt/format.h>

#include <apps/clip_choice.hpp>
#include <apps/gallery/gallery.hpp>
#include <apps/gallery/refreshing.hpp>
#include <libdadcam/library/settings.hpp>
#include <libdadcam/library/work_lock.hpp>

namespace dadcam::app::gallery {
namespace {

constexpr std::chrono::seconds kBetween{5};

}  // namespace

void Refreshing::progress(const render::Progress& progress) {
    next_->progress(progress);
    if (std::chrono::steady_clock::now() >= due_) refresh(false);
}

void Refreshing::completed(const render::Outcome& outcome) {
    refresh(true);
    next_->completed(outcome);
}

void Refreshing::refresh(bool is_over) {
    if (has_failed_) return;
    try {
        const auto lock = library::WorkLock::acquire(library_, library::Work::picturing);
        if (lock) {
            const auto folder = usual_folder(library_);
            check_folder(library_, folder);
            const Observation observed{!is_over, std::chrono::system_clock::now()};
            if (is_over) {
                const auto clips = filtered(library_, {});
                write(library_, folder, &clips, observed);
            } else {
                write(library_, folder, nullptr, observed);
            }
        }
    } catch (const std::exception& error) {
        has_failed_ = true;
        next_->note(fmt::format("The gallery could not be written: {}", error.what()));
    }
    due_ = std::chrono::steady_clock::now() + kBetween;
}

bool is_on(library::Library& library) {
    return library::find_setting(library, library::kGallerySetting) == "on";
}

}  // namespace dadcam::app::gallery
