#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <libdadcam/ffmpeg/arguments.hpp>
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

/// A file of the run's own that nobody needs afterwards.
class Scratch {
public:
    explicit Scratch(fs::path path) : path_(std::move(path)) {}
    ~Scratch() {
        std::error_code error;
        fs::remove(path_, error);
    }
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

}  // namespace

library::RunOutput assemble(library::Library& library, const library::Run& run, const Snapshot& snapshot,
                            const Plan& plan, const RenderTools& tools, const RenderOptions& options,
                            const AssemblyListener& listener, const process::Stop& stop) {
    const auto film = film_of(library, snapshot, plan, tools);
    const auto rate = snapshot.format.rate;
    const auto place = film_place(library, run);
    library::AtomicFile file(place, film_temporary(library, run));
    library::record_tmp_output(library, run.id, library.stored(file.temporary()));
    const auto list = list_place(library, run.id);
    const Scratch remove_list(list);
    write_list(list, plan, rate);

    // The list names segments relative to itself, and ffmpeg makes addresses of both, in which a # or ? of the
    // library's path would end it. So ffmpeg runs where the list is, and no path is needed.
    const auto output = footage::as_input(file.temporary());
    run_encoding(
        {tools.ffmpeg.path, ffmpeg::film_arguments(film, footage::as_input(list.filename()), output), output,
         options.stall_timeout, list.parent_path().string()},
        {[&](const ffmpeg::ProgressReport&) { listener.on_news(); }, [&] { return growth_of(file.temporary()); }, {}},
        listener, stop);
    check_film(measure(tools.ffprobe, file.temporary(), stop), plan, rate);
    const auto size = static_cast<std::int64_t>(fs::file_size(file.temporary()));
    const auto content_id = footage::content_identity(file.temporary());
    file.commit(run.requested_path && !options.replace ? library::Existing::keep : library::Existing::replace);
    return {library.stored(place), size, microseconds_at(plan.frames(), rate) / 1000, std::nullopt, content_id};
}

std::optional<std::string> make_thumbnail(library::Library& library, const library::Run& run, const Plan& plan,
                                          Rational rate, const RenderTools& tools, const RenderOptions& options,
                                          const AssemblyListener& listener, const process::Stop& stop) {
    try {
        const auto place = thumbnail_place(library, run.id);
        library::AtomicFile file(place, thumbnail_temporary(library, run.id));
        const auto output = footage::as_input(file.temporary());
        const auto position = microseconds_at({plan.frames().count / 10}, rate);
        run_encoding({tools.ffmpeg.path,
                      ffmpeg::thumbnail_arguments(footage::as_input(film_place(library, run)), position, output),
                      output, options.stall_timeout},
                     {{}, {}, {}}, listener, stop);
        file.commit();
        return library.stored(place);
    } catch (const Error& error) {
        listener.log("warn", fmt::format("Thumbnail generation failed: {} {}", error.message(), error.detail()));
        return std::nullopt;
    }
}

}  // namespace dadcam::render
