#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <libdadcam/ffmpeg/arguments.hpp>
#include <libdadcam/footage/hash.hpp>
#include <libdadcam/footage/probe.hpp>
#include <libdadcam/library/atomic_file.hpp>
#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/render/assembly.hpp>
#include <libdadcam/render/encoder.hpp>
#include <libdadcam/render/measure.hpp>
#include <libdadcam/render/places.hpp>

namespace dadcam::render {
namespace {

namespace fs = std::filesystem;

/// A file of the run's own that is gone at the end of the scope, unless it is to be kept.
class Scratch {
public:
    explicit Scratch(fs::path path) : path_(std::move(path)) {}
    ~Scratch() {
        std::error_code error;
        if (!path_.empty()) fs::remove(path_, error);
    }
    const fs::path& path() const { return path_; }
    void keep() { path_.clear(); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

private:
    fs::path path_;
};

void write_list(const fs::path& path, const Plan& plan, Rational rate) {
    std::vector<std::string> names;
    names.reserve(plan.keys.size());
    for (const auto& key : plan.keys) {
        const fs::path file = library::segment_path(key);  // .dadcam/segments/ab/abcd….mov
        names.push_back((file.parent_path().filename() / file.filename()).string());
    }
    std::error_code error;
    fs::remove(path, error);  // a link that waits there is not written through
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << ffmpeg::concat_list(plan.segments, names, rate);
    out.close();
    if (!out) library::throw_write_error(path, errno);
}

/// What grows while ffmpeg joins, and while faststart moves the index to the front.
std::int64_t growth_of(const fs::path& file) {
    std::error_code error;
    const auto size = fs::file_size(file, error);
    if (error) return 0;
    const auto time = fs::last_write_time(file, error).time_since_epoch().count();
    return static_cast<std::int64_t>(size) + (error ? 0 : time);
}

void check_film(const Measured& found, const Plan& plan, Rational rate) {
    const auto frame = sample_at({1}, rate).count;
    const auto expected = sample_at(plan.frames(), rate).count;
    if (found.frames == plan.frames() && std::abs(found.samples.count - expected) <= frame) return;
    throw Error(Category::encoding_error, "The joined film is not whole.", "Run it again: finished segments are kept.",
                fmt::format("Expected {} frames and {} samples, found {} and {}.", plan.frames().count, expected,
                            found.frames.count, found.samples.count));
}

void run_encoding(const Encoding& encoding, const EncodingListener& encoding_listener, const AssemblyListener& listener,
                  const process::Stop& stop) {
    const auto encoded = encode(encoding, encoding_listener, stop);
    if (!encoded.log.empty()) listener.log(encoded.success() ? "warn" : "error", encoded.log);
    if (encoded.error) throw *encoded.error;
}

/// A picture of the film, which is not in its place yet. Its stored path; nothing when it cannot be made.
std::optional<std::string> make_thumbnail(library::Library& library, const library::Run& run, const fs::path& film,
                                          std::int64_t position_us, const RenderTools& tools,
                                          const RenderOptions& options, const AssemblyListener& listener,
                                          const process::Stop& stop) {
    try {
        const auto place = thumbnail_place(library, run.id);
        library::AtomicFile file(place, thumbnail_temporary(library, run.id));
        const auto output = footage::as_input(file.temporary());
        run_encoding({process::command_of(tools.ffmpeg,
                                          ffmpeg::thumbnail_arguments(footage::as_input(film), position_us, output)),
                      output, options.stall_timeout, !tools.ffmpeg.launcher.empty()},
                     {{}, {}, listener.keep_going}, listener, stop);
        file.commit();
        return library.stored(place);
    } catch (const Error& error) {
        if (error.category() == Category::cancelled) throw;
        listener.log("warn", fmt::format("Thumbnail generation failed: {} {}", error.message(), error.detail()));
        return std::nullopt;
    }
}

/// Joins into the temporary file and looks at what came of it.
void join(library::Library& library, const library::Run& run, const Snapshot& snapshot, const Plan& plan,
          const RenderTools& tools, const RenderOptions& options, const AssemblyListener& listener,
          const process::Stop& stop, const fs::path& temporary) {
    const auto film = film_of(library, snapshot, plan, tools);
    const Scratch list(list_place(library, run.id));
    write_list(list.path(), plan, snapshot.format.rate);
    // The list names segments relative to itself, and ffmpeg makes addresses of both, in which a # or ? of the
    // library's path would end it. So ffmpeg runs where the list is, and no path is needed.
    const auto output = footage::as_input(temporary);
    run_encoding({process::command_of(tools.ffmpeg,
                                      ffmpeg::film_arguments(film, footage::as_input(list.path().filename()), output),
                                      list.path().parent_path().string()),
                  output, options.stall_timeout, !tools.ffmpeg.launcher.empty()},
                 {[&](const ffmpeg::ProgressReport&) { listener.on_news(); }, [&] { return growth_of(temporary); },
                  listener.keep_going},
                 listener, stop);
}

/// Over all that the film's bytes follow from.
std::string film_key(const Snapshot& snapshot, const Plan& plan, const RenderTools& tools) {
    footage::Hash hash;
    hash.add_field(fmt::format("dadcam film {}", ffmpeg::kPipelineVersion));
    hash.add_field(tools.ffmpeg.identity);
    const ffmpeg::Film film{snapshot.inputs, plan.items, snapshot.format, snapshot.preset};
    for (const auto& argument : ffmpeg::film_arguments(film, "list", "output")) hash.add_field(argument);
    for (const auto& key : plan.keys) hash.add_field(key);
    return hash.finish();
}

/// For what is long but is no ffmpeg's. Error(cancelled).
void listen(const AssemblyListener& listener) {
    listener.on_news();
    if (!listener.keep_going()) throw Error(Category::cancelled, "Export was cancelled.");
}

/// Copies, and gives the hash of what was copied; nothing when the film cannot be read.
std::string copy_of(const fs::path& film, const fs::path& temporary, const AssemblyListener& listener) {
    std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
    std::string hash;
    try {
        hash = footage::content_hash(film, [&](std::string_view chunk) {
            listen(listener);
            if (!out.write(chunk.data(), static_cast<std::streamsize>(chunk.size()))) {
                library::throw_write_error(temporary, errno);
            }
        });
    } catch (const Error& error) {
        if (error.category() != Category::input_not_found) throw;
    }
    out.close();
    if (!out) library::throw_write_error(temporary, errno);
    return hash;
}

/// The same film may be there already, of an earlier run: a copy of it needs no joining. True when the temporary file
/// is one, byte for byte what that run wrote.
bool copy_earlier(library::Library& library, const std::string& key, const fs::path& temporary,
                  const AssemblyListener& listener) {
    for (const auto& [run, content_hash] : library::runs_of_film(library, key)) {
        std::error_code error;
        if (!is_believed(run)) continue;
        const auto film = film_place(library, run);
        if (!fs::is_regular_file(fs::symlink_status(film, error)) ||
            static_cast<std::int64_t>(fs::file_size(film, error)) != run.output_size_bytes)
            continue;
        if (copy_of(film, temporary, listener) == content_hash) return true;
        fs::remove(temporary, error);
    }
    return false;
}

}  // namespace

library::RunOutput assemble(library::Library& library, const library::Run& run, const Snapshot& snapshot,
                            const Plan& plan, const RenderTools& tools, const RenderOptions& options,
                            const AssemblyListener& listener, const process::Stop& stop) {
    for (const char* own : {"exports", "segments"}) library.make_own_folder(library.folder(own));
    const auto rate = snapshot.format.rate;
    const auto place = film_place(library, run);
    if (!fs::is_directory(place.parent_path())) library::throw_write_error(place.parent_path(), ENOENT);
    library::AtomicFile file(place, film_temporary(library, run));
    library::record_tmp_output(library, run.id, library.stored(file.temporary()));
    const auto key = film_key(snapshot, plan, tools);
    if (!options.use_store || !copy_earlier(library, key, file.temporary(), listener)) {
        join(library, run, snapshot, plan, tools, options, listener, stop, file.temporary());
    }
    check_film(measure(tools.ffprobe, file.temporary(), stop), plan, rate);

    library::RunOutput output{library.stored(place),
                              static_cast<std::int64_t>(fs::file_size(file.temporary())),
                              microseconds_at(plan.frames(), rate) / 1000,
                              std::nullopt,
                              footage::content_identity(file.temporary()),
                              footage::content_hash(file.temporary(), [&](std::string_view) { listen(listener); }),
                              key};
    output.thumbnail_path =
        make_thumbnail(library, run, file.temporary(), microseconds_at({plan.frames().count / 10}, rate), tools,
                       options, listener, stop);
    Scratch thumbnail(thumbnail_place(library, run.id));
    library::announce_film(library, run.id, output);
    file.commit(run.wishes.path && !options.replace ? library::Existing::keep : library::Existing::replace);
    thumbnail.keep();
    return output;
}

}  // namespace dadcam::render
