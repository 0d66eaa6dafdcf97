#include <fmt/format.h>

#include <libdadcam/ffmpeg/arguments.hpp>
#include <libdadcam/hash.hpp>
#include <libdadcam/render/film_key.hpp>
#include <nlohmann/json.hpp>

namespace dadcam::render {

std::string film_key(const std::string& ffmpeg_identity, const ffmpeg::Film& film,
                     const std::vector<ffmpeg::SoundPart>& parts, const Snapshot& snapshot, const Plan& plan) {
    Hash hash;
    hash.add_field(fmt::format("dadcam film {}", ffmpeg::kPipelineVersion));
    hash.add_field(ffmpeg_identity);
    for (const auto& argument : ffmpeg::sound_arguments(film, "sound")) hash.add_field(argument);
    for (const auto& part : parts) hash.add_field(fmt::format("{} {}", part.from.count, part.samples.count));
    for (const auto& argument : ffmpeg::film_arguments(film, {"list", "chapters", "captions"}, "output"))
        hash.add_field(argument);
    for (const auto& text : {film.text->chapters, film.text->captions})
        if (!text.empty()) hash.add_field(text);
    for (const auto& key : plan.keys) hash.add_field(key);
    for (std::size_t item = 0; item < plan.copied.size(); ++item) {
        const auto& part = plan.copied[item].part;
        hash.add_field(timeline::content_of(plan.items[item].source, snapshot.inputs));
        hash.add_field(fmt::format("{} {}", part.from, part.until));
    }
    if (const auto& mix = snapshot.recipe.sound; recipe::changes_sound(mix)) {
        auto json = nlohmann::json::object();
        recipe::add_to(json, mix);
        json.erase("music");  // what counts is what is in it
        hash.add_field(json.dump());
        for (const auto& piece : snapshot.music) hash.add_field(piece.content_id);
    }
    return hash.finish();
}

}  // namespace dadcam::render
