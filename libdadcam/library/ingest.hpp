#pragma once

#include <filesystem>
#include <functional>
#include <libdadcam/footage/discover.hpp>
#include <libdadcam/footage/facts.hpp>
#include <libdadcam/library/library.hpp>
#include <libdadcam/process/stop.hpp>
#include <string>
#include <vector>

namespace dadcam::library {

struct IngestOptions {
    std::vector<std::filesystem::path> places;
    bool copy = false;      ///< into originals/YYYY/MM below the root, verified
    std::string ffprobe{};  ///< as find_tool() gives it
    std::string ffmpeg{};   ///< the same; looks at the pictures of a stream that does not say its field order
    unsigned probers = 2;   ///< how many files are looked into at once
    std::function<void()> before_probing{};  ///< called once, if there is anything to look into
    footage::Take take = footage::Take::footage;
};

struct Duplicate {
    std::filesystem::path path;
    std::string known_as;  ///< the stored path of the clip with the same content
};

/// A clip whose header claims more than there is: it was cut off, or its recorder never came to its end.
struct Shorter {
    std::string path;  ///< stored
    std::int64_t claimed_us = 0;
    std::int64_t duration_us = 0;
};

/// A clip of which fragments cannot be read.
struct DamagedClip {
    std::string path;  ///< stored
    std::vector<footage::Lost> lost;
};

struct IngestReport {
    std::vector<std::string> added;    ///< stored paths
    std::vector<std::string> updated;  ///< their content has changed
    std::vector<std::string> moved;    ///< found again in another place
    std::int64_t known = 0;            ///< neither probed nor read
    std::vector<Duplicate> duplicates;
    std::vector<std::filesystem::path> ignored;  ///< no footage by their names or, with unheard-of names, their content
    std::vector<footage::PassedOver> passed_over;  ///< never a clip of the library
    std::vector<std::filesystem::path> removed;    ///< of clips that were removed from the library: left out
    std::vector<footage::Refused> refused;
    std::vector<Shorter> shorter;      ///< of those that were added or updated
    std::vector<DamagedClip> damaged;  ///< the same
};

/// Takes clips into the library. Files are known by content: a second time adds nothing. Those that are no clips are in
/// the report with their reason, and the others go on. What is a clip of the library stays one, whatever its kind;
/// one that was removed comes back when it is named itself, or all is taken. A known clip is looked into again when a
/// .MOI beside it now says another shape, and counts as known.
/// `on_progress(done, total)`: files looked into. Error(cancelled) on a stop: what was recorded by then stays.
/// Error(tool_missing). Error(busy) when another copies.
IngestReport ingest(Library& library, const IngestOptions& options, const process::Stop& stop,
                    const std::function<void(std::size_t, std::size_t)>& on_progress);

}  // namespace dadcam::library
