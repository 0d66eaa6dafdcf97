#include <fmt/format.h>

#include <algorithm>
#include <libdadcam/error.hpp>
#include <libdadcam/library/clip_store.hpp>
#include <libdadcam/measure/true_length.hpp>
#include <libdadcam/process/input.hpp>
#include <libdadcam/render/copied.hpp>
#include <libdadcam/render/snapshot.hpp>
#include <libdadcam/render/text_layout.hpp>
#include <libdadcam/render/windows.hpp>
#include <set>

namespace dadcam::render {
namespace {

constexpr std::size_t kMostNamed = 20;

[[noreturn]] void refuse_missing(const std::vector<std::string>& missing) {
    std::string names;
    for (std::size_t index = 0; index < std::min(missing.size(), kMostNamed); ++index) {
        names += fmt::format("\n  {}", missing[index]);
    }
    if (missing.size() > kMostNamed) names += fmt::format("\n  … and {} more", missing.size() - kMostNamed);
    throw Error(
        Category::input_not_found,
        fmt::format("{} source clip{} could not be found:{}", missing.size(), missing.size() == 1 ? "" : "s", names),
        "Bring them back, or run `dadcam ingest` on the folder where they are now; or leave them out with --on-error "
        "skip.",
        names);
}

std::optional<footage::FileState> state_of(const std::filesystem::path& file) {
    try {
        return footage::file_state(file);
    } catch (const Error&) {
        return std::nullopt;
    }
}

/// Brings a clip up to date with its file, which was touched. True when the content is another one.
bool look_again(footage::Clip& clip, const std::filesystem::path& file, const footage::FileState& state,
                const RenderTools& tools, const process::Stop& stop) {
    clip.state = state;
    const auto content_id = footage::content_identity(file);
    const auto sampled_id = footage::sampled_identity(file);
    if (content_id == clip.content_id && sampled_id == clip.sampled_id) return false;
    // Both its ends are the same, and what lies between them has been mended: all of it is another recording.
    const auto whole_id = content_id == clip.content_id ? footage::content_hash(file) : std::string();
    clip.sampled_id = sampled_id;
    if (!whole_id.empty() && whole_id == clip.whole_id) return false;
    try {
        clip.facts = measure::look_into(tools.ffprobe, tools.ffmpeg.path, file, stop);
        clip.spans.clear();
    } catch (const Error& error) {
        if (error.category() != Category::input_not_found) throw;
        throw Error(Category::input_not_found,
                    fmt::format("{} has changed and is no longer a video: {}.", clip.path, error.message()),
                    "Bring the recording back, or tag the clip `bad`.", error.detail());
    }
    clip.content_id = content_id;
    clip.whole_id = whole_id;
    return true;
}

/// A clip that was moved, and found in its new place by an ingest, is there.
void follow(library::Library& library, footage::Clip& clip) {
    if (state_of(library.located(clip.path))) return;
    const auto known = library::find_clip_by_content(library, clip.content_id);
    if (!known || known->path == clip.path || !state_of(library.located(known->path))) return;
    clip.path = known->path;
    clip.state = known->state;
}

ffmpeg::Look look_of(const Snapshot& snapshot) {
    return {snapshot.recipe.fit, std::nullopt, snapshot.recipe.date_overlay, {}};
}

ffmpeg::CardTexts texts_of(const std::vector<timeline::Item>& items, const Snapshot& snapshot,
                           const std::string& font) {
    std::optional<FontMeasure> measure;
    ffmpeg::CardTexts texts;
    for (std::size_t index = 0; index < items.size(); ++index) {
        const auto& card = items[index].source.card;
        if (!card) continue;
        if (!measure) measure.emplace(font);
        texts[index] = lay_out_card(*card, snapshot.format.size, *measure, snapshot.recipe.labels.language);
    }
    return texts;
}

/// With contents in place of files' names.
ffmpeg::Film film_by_content(const Snapshot& snapshot, const Plan& plan, const std::string& font_id) {
    ffmpeg::Look look = look_of(snapshot);
    if (snapshot.lut) look.lut_file = snapshot.lut->content_id;
    look.font_file = font_id;
    return {snapshot.inputs, plan.items, snapshot.format, snapshot.preset, std::move(look), &plan.texts};
}

}  // namespace

Snapshot take_snapshot(const recipe::Recipe& recipe, std::vector<footage::Clip> inputs, std::optional<SnapshotLut> lut,
                       const Zone& zone) {
    if (inputs.empty()) {
        throw Error(Category::general, fmt::format("The recipe \"{}\" selects no clips.", recipe.name),
                    "`dadcam recipe-show` shows what it asks for, `dadcam clips` what there is.");
    }
    const auto format = timeline::choose_format(recipe, inputs);
    for (auto& clip : inputs) clip.recorded.local = footage::local_text(clip.recorded, zone);
    auto sequence = recipe::sequence_of(recipe, inputs);
    return {recipe,
            recipe::find_preset(recipe.preset),
            std::move(inputs),
            format,
            std::move(lut),
            zone.name(),
            {},
            std::move(sequence)};
}

void take_off(Snapshot& snapshot, const std::vector<bool>& gone) {
    recipe::take_off(snapshot.sequence, gone,
                     snapshot.recipe.labels.title || snapshot.recipe.mode == recipe::Mode::list);
    std::size_t at = 0;
    std::erase_if(snapshot.inputs, [&](const footage::Clip&) { return gone[at++]; });
}

InputNotes check_inputs(library::Library& library, Snapshot& snapshot, const RenderTools& tools, bool leave_out,
                        const process::Stop& stop) {
    InputNotes notes;
    if (snapshot.lut) {
        const auto now = library::current_lut(library, snapshot.lut->name, snapshot.lut->content_id);
        if (now != snapshot.lut->content_id) notes.changed.push_back(fmt::format("The LUT {}", snapshot.lut->name));
        snapshot.lut->content_id = now;
    }
    std::vector<bool> gone;
    for (auto& clip : snapshot.inputs) {
        gone.push_back(true);
        follow(library, clip);
        const auto state = state_of(library.located(clip.path));
        if (!state) {
            notes.left_out.push_back(clip.path);
            continue;
        }
        try {
            if (*state != clip.state && look_again(clip, library.located(clip.path), *state, tools, stop)) {
                notes.changed.push_back(clip.path);
            }
        } catch (const Error& error) {
            if (!leave_out || error.category() != Category::input_not_found) throw;
            notes.left_out.push_back(clip.path);
            continue;
        }
        gone.back() = false;
    }
    const bool is_any_there = std::find(gone.begin(), gone.end(), false) != gone.end();
    if (!notes.left_out.empty() && (!leave_out || !is_any_there)) refuse_missing(notes.left_out);
    if (!notes.left_out.empty()) take_off(snapshot, gone);
    return notes;
}

std::vector<std::string> filters_of(const Snapshot& snapshot, const Plan& plan) {
    const auto film = film_by_content(snapshot, plan, {});
    std::set<std::string> filters;
    for (const auto& segment : plan.segments) filters.merge(ffmpeg::filters_of(film, segment));
    return {filters.begin(), filters.end()};
}

Plan make_plan(const Snapshot& snapshot, const RenderTools& tools) {
    Plan plan;
    auto sources = timeline::sources_of(snapshot.inputs, snapshot.recipe, snapshot.sequence);
    if (recipe::copies_pictures(snapshot.preset)) plan.copied = move_windows(sources, snapshot);
    plan.items = timeline::lay_out(snapshot.recipe, sources, snapshot.format.rate);
    plan.texts = texts_of(plan.items, snapshot, tools.font);
    if (recipe::has_sound(snapshot.preset))
        plan.segments = timeline::cut(plan.items, snapshot.inputs, snapshot.format.rate);
    const auto film = film_by_content(snapshot, plan, tools.font_id);
    plan.keys.reserve(plan.segments.size());
    for (const auto& segment : plan.segments) {
        plan.keys.push_back(ffmpeg::segment_key(film, segment, tools.ffmpeg.identity));
    }
    return plan;
}

ffmpeg::Film film_of(const library::Library& library, const Snapshot& snapshot, const Plan& plan,
                     const RenderTools& tools) {
    ffmpeg::Look look = look_of(snapshot);
    if (snapshot.lut) look.lut_file = library::lut_place(library, snapshot.lut->content_id).string();
    look.font_file = tools.font;
    return {snapshot.inputs, plan.items,  snapshot.format, snapshot.preset,
            std::move(look), &plan.texts, nullptr,         copying_of(snapshot, plan)};
}

std::function<std::string(const footage::Clip&)> input_names(const library::Library& library) {
    return [&library](const footage::Clip& clip) { return process::as_input(library.located(clip.path)); };
}

std::string clips_of(const Snapshot& snapshot, const Plan& plan, const timeline::Segment& segment) {
    constexpr std::size_t kNamed = 2;
    std::string text;
    for (std::size_t i = 0; i < std::min(kNamed, segment.pieces.size()); ++i) {
        const auto& source = plan.items[segment.pieces[i].item].source;
        text += fmt::format("{}{}", i == 0 ? "" : ", ", timeline::name_of(source, snapshot.inputs));
    }
    if (segment.pieces.size() > kNamed) text += fmt::format(" and {} more", segment.pieces.size() - kNamed);
    return text;
}

}  // namespace dadcam::render
