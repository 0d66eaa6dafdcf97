#include <apps/render/format.hpp>
#include <apps/render/plain_lines.hpp>

#include <fmt/core.h>

namespace dadcam::app {

namespace {

constexpr int kPointsBetweenLines = 10;
constexpr double kSecondsBetweenLines = 30;
constexpr int kWidest = 120;

}  // namespace

void PlainLines::progress(const render::Progress& progress) {
    if (!due(progress)) return;
    written_ = progress;
    terminal_.err << fmt::format("{:3}%  {}  elapsed {}", progress.percent, printable(progress.operation),
                                 clock(progress.elapsed_seconds));
    if (progress.remaining_seconds) terminal_.err << "  ETA " << clock(*progress.remaining_seconds);
    terminal_.err << '\n';
    if (verbose_) {
        for (const auto& line : worker_lines(progress, kWidest)) terminal_.err << line << '\n';
    }
    terminal_.err << std::flush;
}

void PlainLines::note(const std::string& text) {
    terminal_.err << printable(text) << '\n' << std::flush;
}

void PlainLines::completed(const render::Outcome& /*outcome*/) {
    written_.reset();
}

bool PlainLines::due(const render::Progress& progress) const {
    return !written_ || progress.run_id != written_->run_id || progress.stage != written_->stage ||
           progress.percent >= written_->percent + kPointsBetweenLines ||
           progress.elapsed_seconds >= written_->elapsed_seconds + kSecondsBetweenLines;
}

}  // namespace dadcam::app
