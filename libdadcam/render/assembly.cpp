#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <libdadcam/ffmpeg/arguments.hpp>
#include <libdadcam/ffmpeg/picture.hpp>
#include <libdadcam/library/film_store.hpp>
#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/process/input.hpp>
#include <libdadcam/render/assembly.hpp>
#include <libdadcam/render/copied.hpp>
#include <libdadcam/render/disk.hpp>
#include <libdadcam/render/edits.hpp>
#include <libdadcam/render/film_key.hpp>
#include <libdadcam/render/film_text.hpp>
#include <libdadcam/render/joining.hpp>
#include <libdadcam/render/music.hpp>
#include <libdadcam/render/parts.hpp>
#include <libdadcam/render/places.hpp>

namespace dadcam::render {
namespace {

namespace fs = std::filesystem;

std::int64_t size_of(const fs::path& file) {
    std::error_code error;
    const auto size = fs::file_size(file, error);
    return error ? 0 : static_cast<std::int64_t>(size);
}

/// The folders that are written into are the library's own, and the film's is there.
fs::path checked_place(const AssemblyJob& job) {
    for (const auto& own : {job.library.folder("exports"), job.library.segments()}) job.library.make_own_folder(own);
    auto place = film_place(job.library, job.run);
    if (!fs::is_directory(place.parent_path())) library::throw_write_error(place.parent_path(), ENOENT);
    return place;
}

/// Empty where that cannot be said: then this film is made without it.
fs::path place_of_earlier(const library::Library& library, const library::Run& run) {
    try {
        return film_place(library, run);
    } catch (const Error&) {
        return {};
    }
}

}  // namespace

Assembly::Assembly(const AssemblyJob& job, AssemblyListener listener)
    : job_(job),
      listener_(std::move(listener)),
      place_(checked_place(job)),
      file_(place_, film_temporary(job.library, job.run)),
      text_(film_text_of(job.snapshot, job.plan)),
      key_(film_key(job_.tools.ffmpeg.identity, film(), sound_parts(), job_.snapshot, job_.plan)),
      folder_(sound_place(job.library.segments(), job.run.id)),
      pictures_(copying_of(job.snapshot, job.plan).pictures) {
    job_.library.make_own_folder(folder_.path());
}

Assembly::~Assembly() {
    given_up_ = true;
    if (joined_.valid()) joined_.wait();
}

bool Assembly::copy_earlier() {
    if (!job_.options.use_store || copies_pictures()) return false;
    for (const auto& [run, content_hash] : library::runs_of_film(job_.library, key_)) {
        std::error_code error;
        const auto film = place_of_earlier(job_.library, run);
        if (film.empty() || !fs::is_regular_file(fs::symlink_status(film, error)) ||
            size_of(film) != run.output_size_bytes)
            continue;
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
    sound_->there(index, library::segment_file(job_.library, job_.plan.keys[index]));
}

std::optional<Samples> Assembly::sound_used_to() {
    if (!copies_pictures() || job_.plan.segments.empty()) return std::nullopt;
    if (!sound_) begin_sound();
    return sound_->used_to();
}

Frames Assembly::copied() const {
    if (pictures_ == 0) return {};
    return {rounded_product(std::min(pictures_, joined_pictures_.load()), job_.plan.frames().count, pictures_)};
}

std::optional<Error> Assembly::failure() {
    if (sound_)
        if (auto failure = sound_->failure()) return failure;
    if (!joined_.valid() || joined_.wait_for(std::chrono::seconds{0}) != std::future_status::ready) return std::nullopt;
    try {
        joined_.get();
    } catch (const Error& error) {
        return cause_of(error);
    }
    return std::nullopt;
}

Error Assembly::cause_of(const Error& error) const {
    if (copies_pictures() && error.category() != Category::cancelled) {
        try {
            require_unchanged(job_.library, job_.snapshot);
        } catch (const Error& cause) {
            return cause;
        }
    }
    return or_disk_full(error, place_.parent_path());
}

library::RunOutput Assembly::finish() {
    const auto rate = job_.snapshot.format.rate;
    make_whole();
    if (!thumbnail_) begin_picture();
    library::RunOutput output{job_.library.stored(place_),
                              size_of(file_.temporary()),
                              microseconds_at(job_.plan.frames(), rate) / 1000,
                              job_.library.stored(thumbnail_place(job_.library, job_.run.id)),
                              footage::content_identity(file_.temporary()),
                              hash_of_film(),
                              key_};
    if (const auto missing = thumbnail_->finish([this] { listen(); }); !missing.empty()) {
        listener_.log("warn", fmt::format("Thumbnail generation failed: {}", missing));
        output.thumbnail_path.reset();
    }
    library::announce_film(job_.library, job_.run.id, output);
    const auto warning = file_.commit(job_.run.wishes.path && !job_.options.replace ? library::Existing::keep
                                                                                    : library::Existing::replace);
    thumbnail_->keep();
    if (!warning.empty()) listener_.warn(warning);
    return output;
}

ffmpeg::Film Assembly::film() const {
    auto film = film_of(job_.library, job_.snapshot, job_.plan, job_.tools);
    film.text = &text_;
    return film;
}

std::vector<ffmpeg::SoundPart> Assembly::sound_parts() const {
    if (!ffmpeg::encodes_sound(job_.snapshot.preset)) return {};
    return ffmpeg::cut_sound(timeline::total_samples(job_.plan.items, job_.snapshot.format.rate));
}

void Assembly::begin_sound() {
    std::vector<SoundSource> sources;
    for (std::size_t index = 0; index < job_.plan.segments.size(); ++index) {
        sources.push_back(
            {segment_place(job_.library, job_.plan.keys[index]),
             timeline::samples_of(job_.plan.items, job_.plan.segments[index], job_.snapshot.format.rate)});
    }
    const auto encoding_to = [this](const fs::path& file) {
        const auto output = process::as_input(file);
        return encoding_of(job_.tools, job_.options, ffmpeg::sound_arguments(film(), output), output);
    };
    sound_.emplace(SoundJob{std::move(sources), sound_parts(), folder_.path(), encoding_to, job_.jobs,
                            job_.tools.ffmpeg.launcher.empty(), mixer_job()},
                   job_.stop);
    if (copies_pictures()) begin_joining();
}

std::optional<MixerJob> Assembly::mixer_job() const {
    const auto& mix = job_.snapshot.recipe.sound;
    if (!recipe::changes_sound(mix)) return std::nullopt;
    const auto rate = job_.snapshot.format.rate;
    return MixerJob{mix, sound::voices_of(job_.plan.items, rate),
                    music_sources(job_.library, job_.snapshot, job_.tools, job_.options,
                                  timeline::total_samples(job_.plan.items, rate), folder_.path())};
}

/// What there is to say of the sound.
void Assembly::log_sound(const AssemblyListener& listener) {
    if (const auto words = sound_->words(); !words.empty()) listener.log("warn", words);
    const auto remarks = sound_->remarks([this](const sound::Voice& voice) {
        return timeline::name_of(job_.plan.items[voice.item].source, job_.snapshot.inputs);
    });
    if (!remarks.empty()) listener.log("info", fmt::format("{}", fmt::join(remarks, "\n")));
}

/// A file with that text, as ffmpeg is told of it; none of an empty one.
std::string Assembly::written(const char* name, const std::string& text) const {
    if (text.empty()) return {};
    const auto path = folder_.path() / name;
    library::write_text(path, text);
    return process::as_input(path);
}

/// The temporary file, from the first byte to the last.
void Assembly::make_whole() {
    try {
        if (!content_hash_) finish_joining();
        if (copies_pictures()) show_first_pictures(file_.temporary());
        check_film(file_.temporary(), job_.snapshot, job_.plan);
    } catch (const Error& error) {
        throw cause_of(error);
    }
    if (copies_pictures()) require_unchanged(job_.library, job_.snapshot);
}

void Assembly::begin_picture() {
    thumbnail_.emplace(picture_encoding(), thumbnail_place(job_.library, job_.run.id),
                       thumbnail_temporary(job_.library, job_.run.id), job_.stop);
}

/// In a thread of its own, which leaves the database alone. The film's picture is made beside it.
void Assembly::begin_joining() {
    begin_picture();
    joined_ = std::async(std::launch::async, [this] {
        join({[] {},
              [this] { return !given_up_; },
              [this](const std::string& level, const std::string& text) { said_.emplace_back(level, text); },
              {}});
    });
}

void Assembly::finish_joining() {
    constexpr std::chrono::milliseconds kTick{100};
    if (!joined_.valid()) begin_joining();
    while (joined_.wait_for(kTick) != std::future_status::ready) listen();
    for (const auto& [level, text] : said_) listener_.log(level, text);
    joined_.get();
}

/// Joins into the temporary file, with the sound as it comes; but what a launcher starts waits for nothing else that it
/// has to start.
void Assembly::join(const AssemblyListener& listener) {
    if (sound_ && !job_.tools.ffmpeg.launcher.empty()) {
        sound_->wait([&] {
            if (!listener.keep_going()) throw cancelled();
        });
    }
    const Scratch list(list_place(job_.library.segments(), job_.run.id));
    library::write_text(list.path(),
                        copies_pictures()
                            ? ffmpeg::copy_list(film(), files_to_copy(job_, film(), folder_.path(), listener))
                            : join_list(job_.library, job_.snapshot, job_.plan));
    // The list names segments relative to itself, and ffmpeg makes addresses of both, in which a # or ? of the
    // library's path would end it. So ffmpeg runs where the list is, and no path is needed.
    const auto output = process::as_input(file_.temporary());
    const auto arguments =
        ffmpeg::film_arguments(film(),
                               {process::as_input(list.path().filename()), written("chapters.txt", text_.chapters),
                                written("captions.vtt", text_.captions)},
                               output);
    const auto joining = encoding_of(job_.tools, job_.options, arguments, output, list.path().parent_path().string());
    const EncodingListener progress{
        [this](const ffmpeg::ProgressReport& report) { joined_pictures_ = report.frame.value_or(0); },
        [this] { return size_of(file_.temporary()); }, listener.keep_going};
    const auto encoded = sound_ ? encode_fed(
                                      joining, [this](Sink& sink) { return sound_->pour(sink); }, progress, job_.stop)
                                : encode(joining, progress, job_.stop);
    if (!encoded.error && sound_) log_sound(listener);
    if (!encoded.log.empty()) listener.log(encoded.success() ? "warn" : "error", encoded.log);
    if (encoded.error) throw Error(*encoded.error);
}

/// Nothing where pictures are copied: to make such a film again takes no longer than to copy it, and to read all of it
/// for its hash nearly as long.
std::optional<std::string> Assembly::hash_of_film() {
    if (content_hash_ || copies_pictures()) return content_hash_;
    return footage::content_hash(file_.temporary(), [this](std::string_view) { listen(); });
}

/// At 10 % of the film, from the segment there, which is finished before the film is.
Encoding Assembly::picture_encoding() const {
    const Frames at{job_.plan.frames().count / 10};
    std::size_t index = 0;
    while (index + 1 < job_.plan.segments.size() && job_.plan.segments[index + 1].first <= at) ++index;
    const auto output = process::as_input(thumbnail_temporary(job_.library, job_.run.id));
    if (copies_pictures()) return picture_of_clip(at, output);
    const auto position = microseconds_at(at - job_.plan.segments[index].first, job_.snapshot.format.rate);
    const auto segment = process::as_input(library::segment_file(job_.library, job_.plan.keys[index]));
    return encoding_of(job_.tools, job_.options, ffmpeg::thumbnail_arguments(segment, position, output), output);
}

/// Where the segments have no pictures.
Encoding Assembly::picture_of_clip(Frames at, const std::string& output) const {
    const auto& items = job_.plan.items;
    const auto& item = items[timeline::item_at(items, at)];
    const auto& clip = job_.snapshot.inputs[item.source.clip];
    const auto position = ffmpeg::lead_in_us(clip.facts) + item.source.from_us +
                          microseconds_at(at - item.start, job_.snapshot.format.rate);
    return encoding_of(
        job_.tools, job_.options,
        ffmpeg::thumbnail_arguments(input_names(job_.library)(clip), position, output, process::kContainers), output);
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
