#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <future>
#include <libdadcam/ffmpeg/arguments.hpp>
#include <libdadcam/footage/hash.hpp>
#include <libdadcam/footage/probe.hpp>
#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/render/assembly.hpp>
#include <libdadcam/render/index.hpp>
#include <libdadcam/render/places.hpp>

namespace dadcam::render {
namespace {

namespace fs = std::filesystem;

Error cancelled() {
    return Error(Category::cancelled, "Export was cancelled.");
}

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

std::int64_t size_of(const fs::path& file) {
    std::error_code error;
    const auto size = fs::file_size(file, error);
    return error ? 0 : static_cast<std::int64_t>(size);
}

/// An encoder of sound works in frames of its own: to within one of the picture's, the film's sound is as long as its
/// picture.
void check_film(const Measured& found, const Plan& plan, Rational rate) {
    const auto frame = sample_at({1}, rate).count;
    const auto expected = sample_at(plan.frames(), rate).count;
    if (found.frames == plan.frames() && std::abs(found.samples.count - expected) <= frame) return;
    throw Error(Category::encoding_error, "The joined film is not whole.", "Run it again: finished segments are kept.",
                fmt::format("Expected {} frames and {} samples, found {} and {}.", plan.frames().count, expected,
                            found.frames.count, found.samples.count));
}

/// The folders that are written into are the library's own, and the film's is there.
fs::path checked_place(const AssemblyJob& job) {
    for (const char* own : {"exports", "segments"}) job.library.make_own_folder(job.library.folder(own));
    auto place = film_place(job.library, job.run);
    if (!fs::is_directory(place.parent_path())) library::throw_write_error(place.parent_path(), ENOENT);
    return place;
}

}  // namespace

Assembly::Assembly(const AssemblyJob& job, AssemblyListener listener)
    : job_(job),
      listener_(std::move(listener)),
      place_(checked_place(job)),
      file_(place_, film_temporary(job.library, job.run)),
      key_(film_key()),
      sound_file_(sound_place(job.library, job.run.id)) {
    library::record_tmp_output(job_.library, job_.run.id, job_.library.stored(file_.temporary()));
}

bool Assembly::copy_earlier() {
    if (!job_.options.use_store) return false;
    for (const auto& [run, content_hash] : library::runs_of_film(job_.library, key_)) {
        std::error_code error;
        if (!is_believed(run)) continue;
        const auto film = film_place(job_.library, run);
        if (!fs::is_regular_file(fs::symlink_status(film, error)) || size_of(film) != run.output_size_bytes) continue;
        if (copy_of(film) == content_hash) {
            content_hash_ = content_hash;
            return true;
        }
        fs::remove(file_.temporary(), error);
    }
    return false;
}

void Assembly::segment_there(std::size_t index) {
    if (!sound_) begin_sound();
    sound_->there(index);
}

std::optional<Error> Assembly::failure() {
    return sound_ ? sound_->failure() : std::nullopt;
}

library::RunOutput Assembly::finish() {
    const auto rate = job_.snapshot.format.rate;
    if (!content_hash_) join();
    check_film(index_of(file_.temporary()).measured, job_.plan, rate);

    // One core reads the film, the other one makes the picture.
    auto hash = std::async(std::launch::async, [this] { return content_hash_ ? *content_hash_ : hash_of_film(); });
    library::RunOutput output{job_.library.stored(place_),
                              size_of(file_.temporary()),
                              microseconds_at(job_.plan.frames(), rate) / 1000,
                              std::nullopt,
                              footage::content_identity(file_.temporary()),
                              {},
                              key_};
    output.thumbnail_path = make_thumbnail();
    Scratch thumbnail(thumbnail_place(job_.library, job_.run.id));
    constexpr std::chrono::milliseconds kTick{100};
    while (hash.wait_for(kTick) != std::future_status::ready) listen();
    output.content_hash = hash.get();
    library::announce_film(job_.library, job_.run.id, output);
    file_.commit(job_.run.wishes.path && !job_.options.replace ? library::Existing::keep : library::Existing::replace);
    thumbnail.keep();
    return output;
}

ffmpeg::Film Assembly::film() const {
    return film_of(job_.library, job_.snapshot, job_.plan, job_.tools);
}

/// Over all that the film's bytes follow from.
std::string Assembly::film_key() const {
    footage::Hash hash;
    hash.add_field(fmt::format("dadcam film {}", ffmpeg::kPipelineVersion));
    hash.add_field(job_.tools.ffmpeg.identity);
    const ffmpeg::Film film{job_.snapshot.inputs, job_.plan.items, job_.snapshot.format, job_.snapshot.preset};
    for (const auto& argument : ffmpeg::sound_arguments(film, "sound")) hash.add_field(argument);
    for (const auto& argument : ffmpeg::film_arguments(film, "list", "sound", "output")) hash.add_field(argument);
    for (const auto& key : job_.plan.keys) hash.add_field(key);
    return hash.finish();
}

void Assembly::begin_sound() {
    std::error_code error;
    fs::remove(sound_file_.path(), error);  // a link that waits there is not written through
    std::vector<SoundSource> sources;
    for (std::size_t index = 0; index < job_.plan.segments.size(); ++index) {
        sources.push_back(
            {segment_place(job_.library, job_.plan.keys[index]),
             timeline::samples_of(job_.plan.items, job_.plan.segments[index], job_.snapshot.format.rate)});
    }
    const auto output = footage::as_input(sound_file_.path());
    sound_.emplace(encoding_of(job_.tools, job_.options, ffmpeg::sound_arguments(film(), output), output),
                   sound_file_.path(), std::move(sources), job_.stop);
}

/// Joins into the temporary file.
void Assembly::join() {
    const auto words = sound_->finish([this] { listen(); });
    if (!words.empty()) listener_.log("warn", words);
    const Scratch list(list_place(job_.library, job_.run.id));
    write_list(list.path(), job_.plan, job_.snapshot.format.rate);
    // The list names segments relative to itself, and ffmpeg makes addresses of both, in which a # or ? of the
    // library's path would end it. So ffmpeg runs where the list is, and no path is needed.
    const auto output = footage::as_input(file_.temporary());
    const auto arguments = ffmpeg::film_arguments(film(), footage::as_input(list.path().filename()),
                                                  footage::as_input(sound_file_.path()), output);
    run_encoding(encoding_of(job_.tools, job_.options, arguments, output, list.path().parent_path().string()),
                 {[this](const ffmpeg::ProgressReport&) { listener_.on_news(); },
                  [this] { return size_of(file_.temporary()); }, listener_.keep_going});
}

void Assembly::run_encoding(const Encoding& encoding, const EncodingListener& encoding_listener) {
    const auto encoded = encode(encoding, encoding_listener, job_.stop);
    if (!encoded.log.empty()) listener_.log(encoded.success() ? "warn" : "error", encoded.log);
    if (encoded.error) throw Error(*encoded.error);
}

/// Runs beside the coordinator: it only looks whether to stop.
std::string Assembly::hash_of_film() {
    return footage::content_hash(file_.temporary(), [this](std::string_view) {
        if (job_.stop.requested()) throw cancelled();
    });
}

/// A picture of the film, which is not in its place yet. Its stored path; nothing when it cannot be made.
std::optional<std::string> Assembly::make_thumbnail() {
    try {
        const auto place = thumbnail_place(job_.library, job_.run.id);
        library::AtomicFile file(place, thumbnail_temporary(job_.library, job_.run.id));
        const auto output = footage::as_input(file.temporary());
        const auto position = microseconds_at({job_.plan.frames().count / 10}, job_.snapshot.format.rate);
        const auto arguments = ffmpeg::thumbnail_arguments(footage::as_input(file_.temporary()), position, output);
        run_encoding(encoding_of(job_.tools, job_.options, arguments, output), {{}, {}, listener_.keep_going});
        file.commit();
        return job_.library.stored(place);
    } catch (const Error& error) {
        if (error.category() == Category::cancelled) throw;
        listener_.log("warn", fmt::format("Thumbnail generation failed: {} {}", error.message(), error.detail()));
        return std::nullopt;
    }
}

/// Copies into the temporary file, and gives the hash of what was copied; an empty one when the film cannot be read.
std::string Assembly::copy_of(const fs::path& film) {
    const auto& temporary = file_.temporary();
    std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
    std::string hash;
    try {
        hash = footage::content_hash(film, [&](std::string_view chunk) {
            listen();
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

/// For what is long but is no ffmpeg's. Error(cancelled).
void Assembly::listen() {
    listener_.on_news();
    if (!listener_.keep_going()) throw cancelled();
}

}  // namespace dadcam::render
