#pragma once

#include <libdadcam/library/library.hpp>
#include <libdadcam/library/work_lock.hpp>
#include <optional>
#include <string>
#include <vector>

/// The segment store as a cache: how large it is, and what goes first.
namespace dadcam::library {

struct CacheUse {
    std::int64_t segments = 0;
    std::int64_t bytes = 0;
    std::int64_t hits = 0;        ///< how often a segment served a run that did not render it
    std::int64_t held_bytes = 0;  ///< of unfinished runs: they never go
};

/// What the runs of one recipe have in the store. Segments that several recipes share count for each.
struct RecipeUse {
    std::string recipe;
    std::int64_t segments = 0;
    std::int64_t bytes = 0;
};

CacheUse cache_use(Library& library);
std::vector<RecipeUse> recipe_uses(Library& library);

/// The most that the store may take, in bytes: as set, else a tenth of what it and the free room on its disk come to.
std::int64_t cache_limit(Library& library);
/// nullopt: the default again.
void set_cache_limit(Library& library, std::optional<std::int64_t> bytes);

struct Trimmed {
    std::int64_t segments = 0;
    std::int64_t bytes = 0;
};

/// Removes the segments that were used the longest ago until the store takes no more than `most_bytes`. Those of
/// unfinished runs stay: of such as wait or are being rendered, and of such as wait to be resumed (kResumableRuns).
Trimmed trim_cache(Library& library, const WorkLock& held, std::int64_t most_bytes);

/// Removes these segments, but for those of unfinished runs.
Trimmed drop_segments(Library& library, const WorkLock& held, const std::vector<std::string>& keys);

/// The same while the run is being rendered that has used them: what only that run holds goes, too.
Trimmed drop_used(Library& library, std::int64_t run, const std::vector<std::string>& keys);

/// Removes files of segments that have no row: a crash came between the rename and the record. By their exact names.
Trimmed drop_strays(Library& library, const WorkLock& held);

}  // namespace dadcam::library
