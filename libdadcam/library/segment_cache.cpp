#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <libdadcam/hash.hpp>
#include <libdadcam/library/atomic_file.hpp>
#include <libdadcam/library/run_store.hpp>
#include <libdadcam/library/segment_cache.hpp>
#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/library/settings.hpp>
#include <libdadcam/library/statement.hpp>
#include <limits>
#include <nlohmann/json.hpp>

namespace dadcam::library {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kShareOfDisk = 10;

/// SQL: keys of unfinished runs, which wait, are being rendered, or wait to be resumed; but for one run's.
std::string held(std::int64_t but_for = 0) {
    return fmt::format(
        "SELECT key FROM export_run_segments WHERE run_id <> {} AND run_id IN"
        " (SELECT id FROM export_runs WHERE status IN ('pending', 'rendering') UNION ALL {})",
        but_for, kResumableRuns);
}

/// A JSON array: however many keys there are, they are one value of a statement.
std::string as_array(const std::vector<std::string>& keys) {
    return nlohmann::json(keys).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// Removes what the query names, (key, bytes) a row, until so many bytes are gone.
Trimmed remove_all(Library& library, SQLite::Statement query, std::int64_t bytes_wanted) {
    Trimmed trimmed;
    std::vector<std::string> keys;
    while (trimmed.bytes < bytes_wanted && query.executeStep()) {
        keys.push_back(query.getColumn(0).getString());
        ++trimmed.segments;
        trimmed.bytes += query.getColumn(1).getInt64();
    }
    query.reset();
    const auto folders = segment_folders(library);
    for (const auto& folder : folders) library.make_own_folder(folder);
    // The rows first: a file without one counts for nothing, and the next drop_strays() finds it.
    execute(library.database(), "DELETE FROM segments WHERE key IN (SELECT value FROM json_each(?))", as_array(keys));
    for (const auto& key : keys)
        for (const auto& folder : folders) remove_quietly(folder / segment_name(key));
    return trimmed;
}

bool is_name_of(const fs::path& file, const fs::path& folder) {
    const auto stem = file.stem().string();
    return file.extension() == ".mov" && stem.size() == 64 && hash_digits(stem) == stem &&
           stem.substr(0, 2) == folder.filename().string();
}

void drop_strays_in(const fs::path& segments, Library& library, Trimmed& trimmed) {
    std::error_code error;
    for (const auto& folder : fs::directory_iterator(segments, error)) {
        if (folder.is_symlink(error) || !folder.is_directory(error)) continue;
        for (const auto& file : fs::directory_iterator(folder, error)) {
            if (!is_name_of(file.path(), folder.path()) || file.is_symlink(error)) continue;
            const auto row = fmt::format("{}/segments/{}", kFolder, file.path().lexically_relative(segments).string());
            if (prepare(library.database(), "SELECT 1 FROM segments WHERE path = ?", row).executeStep()) continue;
            const auto bytes = file.file_size(error);
            if (!fs::remove(file.path(), error)) continue;
            ++trimmed.segments;
            trimmed.bytes += static_cast<std::int64_t>(bytes);
        }
    }
}

}  // namespace

CacheUse cache_use(Library& library) {
    auto query =
        prepare(library.database(),
                fmt::format("SELECT count(*), total(bytes), total(hits), total(bytes) FILTER (WHERE key IN ({}))"
                            " FROM segments",
                            held()));
    query.executeStep();
    return {query.getColumn(0).getInt64(), query.getColumn(1).getInt64(), query.getColumn(2).getInt64(),
            query.getColumn(3).getInt64()};
}

std::vector<RecipeUse> recipe_uses(Library& library) {
    auto query = prepare(library.database(),
                         "SELECT recipe_name, count(*), total(bytes) FROM (SELECT DISTINCT "
                         "iif(json_valid(r.recipe_snapshot), json_extract(r.recipe_snapshot, '$.name'), '')"
                         " AS recipe_name, g.key, g.bytes"
                         " FROM segments AS g JOIN export_run_segments AS s ON s.key = g.key JOIN export_runs AS r"
                         " ON r.id = s.run_id) GROUP BY recipe_name ORDER BY total(bytes) DESC");
    std::vector<RecipeUse> uses;
    while (query.executeStep()) {
        uses.push_back({query.getColumn(0).getString(), query.getColumn(1).getInt64(), query.getColumn(2).getInt64()});
    }
    return uses;
}

std::int64_t cache_limit(Library& library) {
    if (const auto set = find_setting(library, kCacheLimitSetting)) {
        std::int64_t bytes = 0;
        const auto& text = *set;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bytes);
        if (error == std::errc{} && end == text.data() + text.size() && bytes >= 0) return bytes;
    }
    std::error_code error;
    const auto space = fs::space(library.segments_disk(), error);
    const auto free = error ? std::uintmax_t{0} : std::min<std::uintmax_t>(space.available, INT64_MAX / 2);
    return (static_cast<std::int64_t>(free) + cache_use(library).bytes) / kShareOfDisk;
}

void set_cache_limit(Library& library, std::optional<std::int64_t> bytes) {
    if (bytes)
        set_setting(library, kCacheLimitSetting, fmt::format("{}", *bytes));
    else
        unset_setting(library, kCacheLimitSetting);
}

Trimmed trim_cache(Library& library, const WorkLock&, std::int64_t most_bytes) {
    const auto excess = cache_use(library).bytes - most_bytes;
    if (excess <= 0) return {};
    return remove_all(library,
                      prepare(library.database(), fmt::format("SELECT key, bytes FROM segments WHERE key NOT IN ({})"
                                                              " ORDER BY last_used_at, key",
                                                              held())),
                      excess);
}

Trimmed drop_segments(Library& library, const WorkLock&, const std::vector<std::string>& keys) {
    return drop_used(library, 0, keys);
}

Trimmed drop_used(Library& library, std::int64_t run, const std::vector<std::string>& keys) {
    return remove_all(
        library,
        prepare(library.database(),
                fmt::format("SELECT key, bytes FROM segments WHERE key IN (SELECT value FROM json_each(?))"
                            " AND key NOT IN ({})",
                            held(run)),
                as_array(keys)),
        std::numeric_limits<std::int64_t>::max());
}

Trimmed drop_strays(Library& library, const WorkLock&) {
    Trimmed trimmed;
    for (const auto& folder : segment_folders(library)) {
        library.make_own_folder(folder);
        drop_strays_in(folder, library, trimmed);
    }
    return trimmed;
}

}  // namespace dadcam::library
