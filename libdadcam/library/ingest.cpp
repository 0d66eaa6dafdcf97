#include <fmt/format.h>

#include <chrono>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/dating.hpp>
#include <libdadcam/footage/shape.hpp>
#include <libdadcam/library/clip_store.hpp>
#include <libdadcam/library/film_store.hpp>
#include <libdadcam/library/ingest.hpp>
#include <libdadcam/library/looked.hpp>
#include <libdadcam/library/measurement_store.hpp>
#include <libdadcam/library/originals.hpp>
#include <libdadcam/library/removed_files.hpp>
#include <libdadcam/library/time_zone.hpp>
#include <libdadcam/measure/measure.hpp>
#include <libdadcam/measure/true_length.hpp>
#include <libdadcam/process/in_order.hpp>
#include <optional>
#include <unordered_set>

namespace dadcam::library {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBatch = 64;  // files in one transaction

/// How files are taken in.
struct Taking {
    std::optional<WorkLock> copying;  ///< held where they are copied
    footage::Clock clock;
};

bool is_in_originals(const std::string& stored_path) {
    return fs::path(stored_path).begin()->string() == kOriginals;
}

/// The clip's own file, not another one in its place.
bool is_still_there(const Library& library, const footage::Clip& clip) {
    const auto place = library.located(clip.path);
    try {
        return footage::file_state(place) == clip.state || footage::content_identity(place) == clip.content_id;
    } catch (const Error&) {
        return false;
    }
}

/// A copy in the library's own folder no longer has the names and the neighbours that its file had.
void keep_what_a_copy_lacks(footage::Clip& clip, const footage::Clip& before, const footage::RecordedAt& found) {
    clip.event = before.event;
    if (clip.camera.empty()) clip.camera = before.camera;
    const bool by_name = found.source == "side_file" || found.source == "file_name" || found.source == "folder_name";
    if (by_name && footage::is_better_source(found.source, clip.recorded.source)) clip.recorded = found;
}

/// What was measured of a file just now is kept. One that is too large to be measured at once may have been before.
void recall_or_keep_measurement(Library& library, footage::Clip& clip,
                                const std::optional<footage::Measurement>& measured) {
    const auto& id = footage::rendering_id(clip);
    if (measured) {
        keep_measurement(library, id, measure::kVersion, *measured, clip.facts);
    } else if (measure::is_to_be_measured(clip.facts)) {
        const auto known = find_measurement(library, id, measure::kVersion);
        if (known) clip.facts = measure::together(*known, clip.facts.wide);
    }
}

/// Decides what a file is to the library and records it.
void record(Library& library, const Taking& taking, Looked looked, IngestReport& report) {
    footage::Clip& clip = looked.clip;
    clip.path = library.stored(looked.path);
    const auto same_content = find_clip_by_content(library, clip.content_id);
    if (same_content && same_content->path == clip.path && is_in_originals(clip.path))
        keep_what_a_copy_lacks(clip, *same_content, found_date(library, same_content->id));
    if (!same_content)
        clip.whole_id.clear();  // another recording under an old name
    else if (same_content->path != clip.path || same_content->sampled_id == clip.sampled_id)
        clip.whole_id = same_content->whole_id;
    if (same_content && same_content->path != clip.path && is_still_there(library, *same_content)) {
        report.duplicates.push_back({looked.path, same_content->path});
        return;
    }
    // Its shape is told of its content, so it keeps it where no .MOI lies beside it any more.
    if (same_content && !clip.facts.wide) footage::take_shape(clip.facts, same_content->facts.wide);
    recall_or_keep_measurement(library, clip, looked.measured);
    if (same_content) {
        clip.id = same_content->id;
        if (same_content->path != clip.path)
            report.moved.push_back(clip.path);
        else
            ++report.known;  // only touched
        update_clip(library, clip);
        return;
    }
    if (clip.facts.claimed_us > 0)
        report.shorter.push_back({library.stored(looked.path), clip.facts.claimed_us, clip.facts.duration_us});
    if (!clip.facts.damaged.empty()) report.damaged.push_back({library.stored(looked.path), clip.facts.damaged});
    const auto known = known_file(library, clip.path);
    if (known) {
        clip.id = known->clip_id;
        update_clip(library, clip);
        report.updated.push_back(clip.path);
        return;
    }
    if (taking.copying) clip = copy_original(library, *taking.copying, looked.path, clip, taking.clock.zone);
    add_clip(library, clip);
    report.added.push_back(clip.path);
}

/// In one transaction; a copy takes its time, and then each file is recorded by itself.
void record_batch(Library& library, const Taking& taking, std::vector<Looked>& batch, IngestReport& report) {
    std::optional<SQLite::Transaction> transaction;
    if (!taking.copying) transaction.emplace(library.database(), SQLite::TransactionBehavior::IMMEDIATE);
    for (auto& looked : batch) {
        if (looked.reason)
            report.refused.push_back({looked.path, *looked.reason});
        else
            record(library, taking, std::move(looked), report);
    }
    if (transaction) transaction->commit();
    batch.clear();
}

using KnownFiles = std::map<std::string, KnownFile>;

/// Whether a file is that of a known clip which is not where it was. A known clip's size is needed, then a look at its
/// content.
class MovedClips {
public:
    MovedClips(Library& library, const KnownFiles& known) : library_(library) {
        for (const auto& [path, file] : known) sizes_.insert(file.state.size_bytes);
    }

    bool contain(const fs::path& file) const {
        try {
            if (!sizes_.contains(footage::file_state(file).size_bytes)) return false;
            const auto clip = find_clip_by_content(library_, footage::content_identity(file));
            std::error_code error;
            return clip && !fs::exists(library_.located(clip->path), error);
        } catch (const Error&) {
            return false;
        }
    }

private:
    Library& library_;
    std::unordered_set<std::int64_t> sizes_;
};

/// What is passed over for its kind, but is a clip of the library, is a candidate like any other of its clips.
void keep_clips(Library& library, const KnownFiles& known, footage::Found& found) {
    const MovedClips moved(library, known);
    std::vector<fs::path> clips;
    std::erase_if(found.passed_over, [&](const footage::PassedOver& row) {
        if (row.kind != footage::Kind::system_folder) {
            const bool is_file = row.kind != footage::Kind::link;
            const bool is_clip = is_file && (known.contains(library.stored(row.path)) || moved.contain(row.path));
            if (is_clip) clips.push_back(row.path);
            return is_clip;
        }
        const auto within = library.stored(row.path) + '/';
        for (auto clip = known.lower_bound(within); clip != known.end() && clip->first.starts_with(within); ++clip) {
            auto file = library.located(clip->first);
            std::error_code error;
            if (fs::exists(file, error)) clips.push_back(std::move(file));
        }
        return false;
    });
    std::erase_if(found.beside_photos,
                  [&](const fs::path& file) { return known.contains(library.stored(file)) || moved.contain(file); });
    auto& candidates = found.candidates;
    candidates.insert(candidates.end(), clips.begin(), clips.end());
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
}

/// What only looking into a file has shown to be no footage: it is reported, and nobody has to mend it.
bool is_set_aside(const footage::Found& found, bool is_clip, const Looked& looked, IngestReport& report) {
    if (is_clip) return false;
    if (looked.reason) {
        if (!looked.is_no_video || footage::is_called_video(looked.path) || found.named.contains(looked.path))
            return false;
        report.ignored.push_back(looked.path);
        return true;
    }
    if (!found.beside_photos.contains(looked.path) || !footage::is_moving_photo(looked.clip.facts.duration_us))
        return false;
    report.passed_over.push_back({looked.path, footage::Kind::companion});
    return true;
}

/// Whether a .MOI that came later, or is another one, gives a clip another shape than the library knows.
bool is_told_another_shape(Library& library, const fs::path& path, std::int64_t id) {
    const auto wide = footage::wide_beside(path);
    if (!wide) return false;
    const auto clip = find_clip(library, id);
    return clip && clip->facts.wide != wide;
}

/// The candidates that the library does not know as they are, or of which it knows too little.
std::vector<Unknown> unknown_files(Library& library, const KnownFiles& known, const RemovedFiles& removed,
                                   const std::vector<fs::path>& candidates, IngestReport& report) {
    const auto films = film_paths(library);
    std::vector<Unknown> unknown;
    for (const auto& path : candidates) {
        const auto stored = library.stored(path);
        if (films.contains(stored)) {
            report.ignored.push_back(path);
            continue;
        }
        const auto found = known.find(stored);
        if (found == known.end() && removed.has(path)) {
            report.removed.push_back(path);
            continue;
        }
        bool same = false;
        try {
            same = found != known.end() && found->second.state == footage::file_state(path);
        } catch (const Error& error) {
            report.refused.push_back({path, error.message()});
            continue;
        }
        if (same && found->second.facts_version == footage::kFactsVersion &&
            !is_told_another_shape(library, path, found->second.clip_id))
            ++report.known;
        else if (same || found == known.end())
            unknown.push_back({path, false, {}});
        else
            unknown.push_back({path, true, found->second.sampled_id});
    }
    return unknown;
}

WorkLock lock_for_copying(const Library& library) {
    auto lock = WorkLock::acquire(library, Work::copying);
    if (!lock) throw WorkLock::held_by_another(library, Work::copying);
    sweep_copies(library, *lock);
    return std::move(*lock);
}

}  // namespace

IngestReport ingest(Library& library, const IngestOptions& options, const process::Stop& stop,
                    const std::function<void(std::size_t, std::size_t)>& on_progress) {
    Taking taking{{}, {zone_of(library), std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())}};
    if (options.copy) taking.copying.emplace(lock_for_copying(library));
    auto found = footage::discover(options.places, options.take);
    const auto known = known_files(library);
    keep_clips(library, known, found);
    IngestReport report;
    report.ignored = std::move(found.ignored);
    report.refused = std::move(found.refused);
    report.passed_over = std::move(found.passed_over);
    const RemovedFiles removed(library, found, options.take);
    const auto files = unknown_files(library, known, removed, found.candidates, report);
    on_progress(0, files.size());
    if (!files.empty() && options.before_probing) options.before_probing();
    process::InOrder<Looked> probers(
        files.size(), options.probers,
        [&](std::size_t at, const process::Stop& probing) {
            return look_into(files[at], options, taking.clock, probing);
        },
        stop);
    std::size_t done = 0;
    std::vector<Looked> batch, replaced;
    for (auto looked = probers.next(); looked; looked = probers.next()) {
        on_progress(++done, files.size());
        if (looked->no_tool) throw *looked->no_tool;
        // The clip that was at this path may turn up at another: cameras use their names again.
        const bool is_taken = known_file(library, library.stored(looked->path)).has_value();
        if (is_set_aside(found, is_taken, *looked, report)) continue;
        if (!is_taken && removed.has(*looked)) {
            report.removed.push_back(looked->path);
            continue;
        }
        (is_taken ? replaced : batch).push_back(std::move(*looked));
        if (batch.size() == kBatch || options.copy) record_batch(library, taking, batch, report);
    }
    record_batch(library, taking, batch, report);
    record_batch(library, taking, replaced, report);
    if (stop.requested()) {
        throw Error(Category::cancelled, fmt::format("Stopped after {} of {} files.", done, files.size()),
                    "What was added is kept; run the same command again to add the rest.");
    }
    return report;
}

}  // namespace dadcam::library
