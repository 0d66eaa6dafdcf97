#include <fmt/format.h>

#include <libdadcam/error.hpp>
#include <libdadcam/footage/probe.hpp>
#include <libdadcam/render/snapshot.hpp>
#include <nlohmann/json.hpp>

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
        "Bring them back, or run `dadcam ingest` on the folder where they are now.", names);
}

/// The clip as it is now, when its file is not the one that was taken in.
void look_again(footage::Clip& clip, const std::filesystem::path& file, const footage::FileState& state,
                const std::string& ffprobe, const process::Stop& stop, std::vector<std::string>& notes) {
    const auto content_id = footage::content_identity(file);
    clip.state = state;
    if (content_id == clip.content_id) return;  // only touched
    try {
        clip.facts = footage::probe(ffprobe, file, stop);
    } catch (const Error& error) {
        if (error.category() != Category::input_not_found) throw;
        throw Error(Category::input_not_found,
                    fmt::format("{} has changed and is no clip any more: {}.", clip.path, error.message()),
                    "Bring the recording back, or tag the clip `bad`.", error.detail());
    }
    clip.content_id = content_id;
    notes.push_back(fmt::format("{} has changed since it was taken in; it was probed again.", clip.path));
}

}  // namespace

Snapshot take_snapshot(const recipe::Recipe& recipe, std::vector<footage::Clip> inputs) {
    if (inputs.empty()) {
        throw Error(Category::usage, fmt::format("The recipe \"{}\" selects no clips.", recipe.name),
                    "`dadcam recipe-show` tells what it asks for, `dadcam clips` what there is.");
    }
    const auto format = timeline::choose_format(recipe, inputs);
    return {recipe, recipe::find_preset(recipe.preset), std::move(inputs), format};
}

Snapshot read_snapshot(const library::RunSnapshot& texts) {
    try {
        const auto recipe = nlohmann::json::parse(texts.recipe);
        Snapshot snapshot{recipe.get<recipe::Recipe>(), recipe.at("preset").get<recipe::Preset>(),
                          nlohmann::json::parse(texts.inputs).get<std::vector<footage::Clip>>(),
                          nlohmann::json::parse(texts.settings).get<timeline::FilmFormat>()};
        if (!snapshot.inputs.empty()) return snapshot;
    } catch (const nlohmann::json::exception& error) {
        throw Error(Category::general, "The export's snapshot cannot be read.", "Export the recipe anew.",
                    error.what());
    }
    throw Error(Category::general, "The export's snapshot holds no clips.", "Export the recipe anew.");
}

library::RunSnapshot write_snapshot(const Snapshot& snapshot) {
    nlohmann::json recipe = snapshot.recipe;
    recipe["preset"] = snapshot.preset;
    return {recipe.dump(), nlohmann::json(snapshot.inputs).dump(), nlohmann::json(snapshot.format).dump()};
}

void check_inputs(const library::Library& library, std::vector<footage::Clip>& inputs, const std::string& ffprobe,
                  const process::Stop& stop, std::vector<std::string>& notes) {
    std::vector<std::string> missing;
    std::vector<std::pair<footage::Clip*, footage::FileState>> changed;
    for (auto& clip : inputs) {
        try {
            const auto state = footage::file_state(library.located(clip.path));
            if (state != clip.state) changed.emplace_back(&clip, state);
        } catch (const Error&) {
            missing.push_back(clip.path);
        }
    }
    if (!missing.empty()) refuse_missing(missing);
    for (const auto& [clip, state] : changed)
        look_again(*clip, library.located(clip->path), state, ffprobe, stop, notes);
}

Plan make_plan(const Snapshot& snapshot, const std::string& ffmpeg_identity) {
    Plan plan;
    plan.items = timeline::lay_out(snapshot.recipe, snapshot.inputs, snapshot.format.rate);
    plan.segments = timeline::cut(plan.items, snapshot.format.rate);
    const auto film = film_of(snapshot, plan);
    plan.keys.reserve(plan.segments.size());
    for (const auto& segment : plan.segments) plan.keys.push_back(ffmpeg::segment_key(film, segment, ffmpeg_identity));
    return plan;
}

ffmpeg::Film film_of(const Snapshot& snapshot, const Plan& plan) {
    return {snapshot.inputs, plan.items, snapshot.format, snapshot.preset};
}

}  // namespace dadcam::render
