#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <apps/clip_choice.hpp>
#include <apps/clip_text.hpp>
#include <apps/doctor/library.hpp>
#include <apps/person.hpp>
#include <apps/render/format.hpp>
#include <libdadcam/library/connection.hpp>
#include <libdadcam/library/file_system.hpp>
#include <libdadcam/library/run_store.hpp>

namespace dadcam::app {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kLittleRoom = 2'000'000'000;  // bytes: less than ten minutes of an archive film

Finding look_at_owner(const Context& context, const fs::path& root) {
    if (const auto owner = stranger(context, root))
        return {"owner", State::note, fmt::format("{}: the library is only read.", *owner),
                fmt::format("If you trust what is in it: dadcam config --global trust {}",
                            process::as_word(root.string()))};
    const auto owner = other_owner(root);
    Finding finding{"owner", State::fine, owner ? *owner + ", whom you trust" : "you"};
    if (!library::Library::can_be_written(root)) {
        finding.state = State::note;
        finding.text += ", but it can only be read.";
        finding.advice = "You can list and look. To make films, copy it to where you can write.";
    }
    return finding;
}

Finding look_at_disk(const fs::path& folder) {
    const auto type = library::file_system_type(folder);
    const bool shared = library::is_shared_with_others(folder);
    Finding finding{"file system",
                    State::fine,
                    fmt::format("{}, {}", type.empty() ? "unknown type" : type,
                                shared ? "shared with other machines" : "on this machine"),
                    {},
                    {},
                    {{"type", type}, {"shared", shared}}};
    if (const auto largest = library::largest_file(folder)) {
        finding.state = State::note;
        finding.text += fmt::format(": no file on it can be larger than {}", file_size(*largest));
        finding.advice = "Put longer films elsewhere: dadcam export RECIPE -o FILE";
    }
    return finding;
}

Finding look_at_room(const fs::path& folder) {
    constexpr const char* about = "free space";
    std::error_code error;
    const auto available = static_cast<std::int64_t>(fs::space(folder, error).available);
    if (error) return {about, State::note, fmt::format("not known: {}.", error.message())};
    const bool little = available < kLittleRoom;
    return {about,
            little ? State::note : State::fine,
            fmt::format("{}{}", file_size(available), little ? ": it may not be enough for a film." : ""),
            little ? "Make room, or see what finished segments take up: dadcam cache" : "",
            {},
            {{"bytes", available}}};
}

Finding look_at_lock(const fs::path& folder) {
    if (const auto other = library::HostLock::other_machine(folder))
        return {"in use", State::note, fmt::format("yes, by {}.", library::described(*other)),
                "Only one machine at a time can work in a library. Wait until it is done there."};
    const auto file = library::HolderFile::look(folder / "render.lock");
    if (!file || !file->is_locked()) return {"in use", State::fine, "no"};
    const auto holder = file->read().holder;
    return {"in use", State::note,
            fmt::format("A film is being made{}.", holder ? " by " + library::described(*holder) : ""),
            "See how far it is: dadcam export-history --status rendering"};
}

Findings look_at_runs(library::Library& library) {
    Findings findings;
    if (!library::WorkLock::is_held(library, library::Work::rendering)) {
        for (const auto& run : library::rendering_runs(library))
            findings.push_back({"export", State::note,
                                fmt::format("Export {} \"{}\" was interrupted.", run.id, run.name),
                                fmt::format("Continue with: dadcam resume {}", run.id)});
    }
    if (findings.empty()) {
        if (const auto run = library::find_resumable(library))
            findings.push_back(
                {"export", State::note,
                 fmt::format("Export {} \"{}\" {}; its recipe has made no film since.", run->id, run->name,
                             run->status == library::RunStatus::cancelled ? "was cancelled" : "failed"),
                 fmt::format("Continue with: dadcam resume {}", run->id)});
    }
    if (findings.empty()) findings.push_back({"export", State::fine, "none interrupted"});
    return findings;
}

Finding look_at_clips(library::Library& library, fs::path& a_clip) {
    constexpr std::size_t kNamed = 3;
    const auto clips = filtered(library, {});
    std::vector<std::string> missing;
    for (const auto& clip : clips) {
        if (is_missing(library, clip))
            missing.push_back(clip.path);
        else if (a_clip.empty() && ::access(library.located(clip.path).c_str(), R_OK) == 0)
            a_clip = library.located(clip.path);
    }
    Finding finding{"clips", State::fine, fmt::format("{}, none missing", clips.size()),
                    {},      {},          {{"clips", clips.size()}, {"missing", missing}}};
    if (missing.empty()) return finding;
    finding.state = State::note;
    const auto count = missing.size();
    if (count > kNamed) missing.resize(kNamed);
    finding.text = fmt::format("{} of {} missing: {}{}", count, clips.size(), fmt::join(missing, ", "),
                               count > kNamed ? ", …" : ".");
    finding.advice =
        "Is their disk mounted? Clips that were moved are found by: dadcam ingest PATH. All of them: dadcam clips "
        "--missing";
    return finding;
}

/// One that is damaged may still be opened, and hold most of what it held.
Finding look_at_database(library::Library& library, const fs::path& file) {
    const bool log = library::has_write_ahead_log(file);
    const auto damages = library::damages(library.database());
    if (damages.empty())
        return {"database", State::fine, fmt::format("whole; journal mode: {}", log ? "WAL" : "rollback"),
                {},         {},          {{"journalMode", log ? "wal" : "truncate"}}};
    return {"database",
            State::broken,
            fmt::format("{} is damaged: {}", file.string(), damages.front()),
            "Keep a copy of it and restore it from a backup; the clips themselves are not in it. Without a backup: "
            "move .dadcam away, then dadcam init, and dadcam ingest again.",
            Category::general,
            {{"damages", damages}}};
}

Findings look_at_place(const Context& context, const fs::path& root) {
    const auto folder = root / library::kFolder;
    Findings findings{look_at_disk(folder), look_at_room(folder), look_at_lock(folder)};
    try {
        findings.insert(findings.begin(), look_at_owner(context, root));
    } catch (const Error&) {  // the settings that say whom you trust, of which it is said elsewhere
    }
    return findings;
}

Finding could_not_be_read(const Error& error) {
    if (error.category() == Category::busy) return {"in use", State::note, error.message(), error.advice()};
    // It is read from a copy.
    const bool no_copy = error.category() == Category::output_write_error || error.category() == Category::disk_full;
    return broken(no_copy ? "temporary files" : "database", error);
}

}  // namespace

Finding look_where_none_is(const fs::path& start) {
    if (start.empty()) return {"library", State::note, "The current folder is gone.", "Go to another one."};
    std::error_code error;
    for (auto folder = start;; folder = folder.parent_path()) {
        const auto found = folder / library::kFolder;
        if (fs::is_directory(found, error)) {
            const bool gone = !fs::exists(found / "dadcam.db", error) && !error;
            return {"library", State::broken,
                    gone ? fmt::format("{} has no database.", found.string())
                         : fmt::format("{} cannot be read: {}.", found.string(), error.message()),
                    gone ? "Restore dadcam.db from a backup, or start anew with: dadcam init"
                         : "Its owner has to give you the right to read it."};
        }
        if (folder == folder.parent_path()) break;
    }
    return {"library", State::fine, fmt::format("none in {} or above it", start.string()), "To make one: dadcam init"};
}

Findings look_at_library(const Context& context, const fs::path& root, fs::path& a_clip) {
    const auto folder = root / library::kFolder;
    const auto file = folder / "dadcam.db";
    Findings findings;
    const auto append = [&](Findings more) { findings.insert(findings.end(), more.begin(), more.end()); };
    try {
        std::error_code missing;
        if (fs::is_regular_file(file, missing)) {
            findings = look_at_place(context, root);
        }
        auto library = library::Library::open(root, library::Access::read);
        findings.insert(findings.begin(), {"library",
                                           State::fine,
                                           fmt::format("\"{}\" in {}", library.name(), library.root().string()),
                                           {},
                                           {},
                                           {{"name", library.name()}, {"root", library.root().string()}}});
        findings.push_back(look_at_database(library, file));
        append(look_at_runs(library));
        findings.push_back(look_at_clips(library, a_clip));
    } catch (const Error& error) {
        if (error.category() == Category::cancelled) throw;
        findings.push_back(could_not_be_read(error));
    } catch (const SQLite::Exception& error) {
        findings.push_back(broken("database", library::database_error(error, file.string())));
    }
    return findings;
}

}  // namespace dadcam::app
