#include <fmt/format.h>

#include <libdadcam/ffmpeg/arguments.hpp>
#include <libdadcam/footage/identity.hpp>
#include <libdadcam/footage/probe.hpp>
#include <libdadcam/library/recipe_store.hpp>
#include <libdadcam/process/input.hpp>
#include <libdadcam/render/music.hpp>
#include <system_error>

namespace dadcam::render {
namespace {

namespace fs = std::filesystem;

bool is_there(const fs::path& file) {
    std::error_code error;
    return fs::is_regular_file(file, error);
}

[[noreturn]] void refuse_missing(const std::string& path) {
    throw Error(Category::input_not_found, fmt::format("The music {} could not be found.", path),
                "Bring it back, or name its new place with: dadcam recipe-edit RECIPE --music FILE");
}

bool has_sound(const std::string& ffprobe, const process::Input& input, const process::Stop& stop) {
    try {
        return footage::probe_sound(ffprobe, input, stop).has_value();
    } catch (const Error& error) {
        if (error.category() != Category::input_not_found) throw;
        return false;
    }
}

SnapshotMusic piece_now(const library::Library& library, const std::string& path, const std::string& ffprobe,
                        const process::Stop& stop) {
    const auto file = library.located(path);
    if (!is_there(file)) refuse_missing(path);
    const process::Input input{process::held_to(process::kMusicContainers), process::as_input(file)};
    if (!has_sound(ffprobe, input, stop)) {
        throw Error(Category::input_not_found, fmt::format("{} has no sound.", path),
                    "Name another file with --music.");
    }
    return {path, footage::content_identity(file)};
}

/// Where some recipe names it; empty where none does.
std::string new_place_of(library::Library& library, const SnapshotMusic& piece) {
    for (const auto& stored : library::all_recipes(library)) {
        for (const auto& path : stored.recipe.sound.music) {
            const auto file = library.located(path);
            if (is_there(file) && footage::content_identity(file) == piece.content_id) return path;
        }
    }
    return {};
}

}  // namespace

void require_music(const library::Library& library, const std::vector<std::string>& paths, const std::string& ffprobe,
                   const process::Stop& stop) {
    for (const auto& path : paths) piece_now(library, path, ffprobe, stop);
}

std::vector<std::string> check_music(library::Library& library, Snapshot& snapshot, const std::string& ffprobe,
                                     const process::Stop& stop) {
    std::vector<std::string> changed;
    for (auto& piece : snapshot.music) {
        const auto file = library.located(piece.path);
        if (is_there(file) && footage::content_identity(file) == piece.content_id) continue;
        const bool is_new = piece.content_id.empty();
        if (auto path = is_new ? std::string() : new_place_of(library, piece); !path.empty()) {
            piece.path = std::move(path);
            continue;
        }
        piece = piece_now(library, piece.path, ffprobe, stop);
        if (!is_new) changed.push_back(piece.path);
    }
    return changed;
}

std::vector<MusicSource> music_sources(const library::Library& library, const Snapshot& snapshot,
                                       const RenderTools& tools, const RenderOptions& options, Samples film,
                                       const fs::path& folder) {
    std::vector<MusicSource> sources;
    for (const auto& piece : snapshot.music) {
        auto pcm = folder / fmt::format("music{}.pcm", sources.size());
        const auto output = process::as_input(pcm);
        auto arguments = ffmpeg::music_arguments(process::as_input(library.located(piece.path)), film, output);
        sources.push_back({piece.path, encoding_of(tools, options, std::move(arguments), output), std::move(pcm)});
    }
    return sources;
}

}  // namespace dadcam::render
