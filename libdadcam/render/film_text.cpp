#include <libdadcam/language.hpp>
#include <libdadcam/render/film_text.hpp>
#include <libdadcam/timeline/chapters.hpp>

namespace dadcam::render {

namespace {

/// What stands on the card that it begins with, else the recipe's name.
std::string title_of(const Snapshot& snapshot) {
    const bool titled = snapshot.recipe.labels.title || snapshot.recipe.mode == recipe::Mode::list;
    const auto* card = snapshot.sequence.empty() ? nullptr : std::get_if<recipe::Card>(&snapshot.sequence.front());
    return titled && card != nullptr && !card->title.empty() ? card->title : snapshot.recipe.name;
}

}  // namespace

ffmpeg::FilmText film_text_of(const Snapshot& snapshot, const Plan& plan) {
    const auto rate = snapshot.format.rate;
    const auto& labels = snapshot.recipe.labels;
    const auto chapters = timeline::chapters_of(plan.items, snapshot.sequence);
    const auto captions = timeline::captions_of(plan.items, snapshot.sequence);
    ffmpeg::FilmText text;
    text.chapters = ffmpeg::ffmetadata(chapters, plan.frames(), rate);
    text.captions = ffmpeg::webvtt(captions, plan.frames(), rate);
    text.index_bytes = ffmpeg::index_bytes_of(chapters.size(), captions.size());
    text.language = language_for_tracks(labels.language);
    if (labels.metadata) {
        text.title = title_of(snapshot);
        text.creation_time = snapshot.inputs.front().recorded.time;
        constexpr std::int64_t kTitles = 4;  // a title can stand in an index more than once
        text.index_bytes += kTitles * static_cast<std::int64_t>(text.title.size());
    }
    return text;
}

}  // namespace dadcam::render
