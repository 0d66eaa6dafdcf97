#include <SQLiteCpp/Savepoint.h>
#include <fmt/format.h>

#include <libdadcam/error.hpp>
#include <libdadcam/footage/plain_name.hpp>
#include <libdadcam/library/clip_store.hpp>
#include <libdadcam/library/statement.hpp>
#include <libdadcam/library/time_zone.hpp>
#include <libdadcam/recipe/selection.hpp>
#include <libdadcam/time.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

namespace dadcam::library {
namespace {

constexpr const char* kSelectClips = R"(
SELECT c.id, c.path, c.size_bytes, c.mtime_ns, c.content_id, c.facts, c.event, c.camera, c.sampled_id, c.whole_id,
       coalesce(k.recorded_at, c.recorded_at) AS recorded_at,
       iif(k.recorded_at IS NULL, c.recorded_local, k.recorded_local) AS recorded_local,
       iif(k.recorded_at IS NULL, c.recorded_at_source, 'user') AS recorded_at_source,
       iif(k.recorded_at IS NULL, c.recorded_at_estimated, 0) AS recorded_at_estimated,
       (SELECT group_concat(name, char(10)) FROM (SELECT t.name FROM clip_tags ct JOIN tags t ON t.id = ct.tag_id
        WHERE ct.clip_id = c.id ORDER BY t.name)) AS tags
FROM clips c LEFT JOIN time_corrections k ON k.content_id = c.content_id )";

std::vector<std::string> lines(const std::string& text) {
    std::vector<std::string> result;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) result.push_back(line);
    return result;
}

footage::Clip read_clip(SQLite::Statement& row) {
    footage::Clip clip;
    clip.id = row.getColumn("id").getInt64();
    clip.path = row.getColumn("path").getString();
    clip.state = {row.getColumn("size_bytes").getInt64(), row.getColumn("mtime_ns").getInt64()};
    clip.content_id = row.getColumn("content_id").getString();
    clip.sampled_id = optional_text(row, "sampled_id").value_or("");
    clip.whole_id = optional_text(row, "whole_id").value_or("");
    try {
        clip.facts = nlohmann::json::parse(row.getColumn("facts").getString()).get<footage::Facts>();
    } catch (const nlohmann::json::exception& error) {
        throw Error(Category::general, fmt::format("The entry for clip {} cannot be read.", clip.id),
                    "Add the file again with: dadcam ingest", error.what());
    }
    clip.recorded = {row.getColumn("recorded_at").getString(), row.getColumn("recorded_at_source").getString(),
                     row.getColumn("recorded_at_estimated").getInt() != 0,
                     optional_text(row, "recorded_local").value_or("")};
    clip.camera = optional_text(row, "camera").value_or("");
    clip.event = footage::plain_name(row.getColumn("event").getString());
    clip.tags = lines(optional_text(row, "tags").value_or(""));
    return clip;
}

std::optional<std::string> if_any(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

template <typename Value>
std::optional<footage::Clip> find_one(Library& library, const char* condition, const Value& value) {
    auto query = prepare(library.database(), fmt::format("{}{}", kSelectClips, condition), value);
    return query.executeStep() ? std::optional(read_clip(query)) : std::nullopt;
}

std::vector<std::pair<std::string, std::int64_t>> counted(Library& library, const char* sql) {
    std::vector<std::pair<std::string, std::int64_t>> result;
    SQLite::Statement query(library.database(), sql);
    while (query.executeStep()) result.emplace_back(query.getColumn(0).getString(), query.getColumn(1).getInt64());
    return result;
}

void require_clips(Library& library, const std::vector<std::int64_t>& clip_ids) {
    for (const auto id : clip_ids) {
        if (!prepare(library.database(), "SELECT 1 FROM clips WHERE id = ?", id).executeStep()) {
            throw Error(Category::general, fmt::format("There is no clip {}.", id),
                        "`dadcam clips` lists them. Nothing was changed.");
        }
    }
}

std::string path_of(SQLite::Database& database, std::int64_t id) {
    auto query = prepare(database, "SELECT path FROM clips WHERE id = ?", id);
    if (!query.executeStep()) throw Error(Category::general, fmt::format("There is no clip {}.", id));
    return query.getColumn(0).getString();
}

/// A path is one clip's. Whoever has this one had its file replaced by the clip's, and gets the clip's old path, which
/// nobody else has.
void exchange_paths(Library& library, const footage::Clip& clip) {
    const auto holder = known_file(library, clip.path);
    if (!holder || holder->clip_id == clip.id) return;
    auto& database = library.database();
    constexpr const char* kSetPath = "UPDATE clips SET path = ? WHERE id = ?";
    const auto old_path = path_of(database, clip.id);
    execute(database, kSetPath, std::string{}, clip.id);
    execute(database, kSetPath, old_path, holder->clip_id);
}

template <typename Each>
int for_each_clip(Library& library, const std::vector<std::int64_t>& clip_ids, Each each) {
    SQLite::Transaction transaction(library.database(), SQLite::TransactionBehavior::IMMEDIATE);
    require_clips(library, clip_ids);
    int changed = 0;
    for (const auto id : clip_ids) changed += each(id);
    transaction.commit();
    return changed;
}

std::vector<footage::Clip> listed_clips(Library& library, const recipe::EditList& list) {
    std::vector<footage::Clip> clips;
    for (const auto& entry : list) {
        const auto* line = std::get_if<recipe::ListedClip>(&entry);
        if (line == nullptr) continue;
        if (auto clip = find_one(library, "WHERE c.content_id = ?", line->content_id))
            clips.push_back(std::move(*clip));
    }
    return clips;
}

}  // namespace

std::map<std::string, KnownFile> known_files(Library& library) {
    std::map<std::string, KnownFile> result;
    SQLite::Statement query(
        library.database(),
        "SELECT path, id, size_bytes, mtime_ns, sampled_id, facts_version FROM clips ORDER BY path");
    while (query.executeStep()) {
        result.emplace_hint(result.end(), query.getColumn(0).getString(),
                            KnownFile{query.getColumn(1).getInt64(),
                                      {query.getColumn(2).getInt64(), query.getColumn(3).getInt64()},
                                      optional_text(query, "sampled_id").value_or(""),
                                      query.getColumn(5).getInt()});
    }
    return result;
}

std::optional<KnownFile> known_file(Library& library, const std::string& stored_path) {
    auto query = prepare(library.database(), "SELECT id, size_bytes, mtime_ns FROM clips WHERE path = ?", stored_path);
    if (!query.executeStep()) return std::nullopt;
    return KnownFile{
        query.getColumn(0).getInt64(), {query.getColumn(1).getInt64(), query.getColumn(2).getInt64()}, {}, {}};
}

std::vector<footage::Clip> selected_clips(Library& library, const recipe::Recipe& recipe) {
    if (recipe.mode == recipe::Mode::list) return listed_clips(library, recipe.list);
    const auto [first, last] = recipe::instants_of(recipe);
    auto query = prepare(library.database(),
                         fmt::format("{}WHERE coalesce(k.recorded_at, c.recorded_at) BETWEEN ? AND ?", kSelectClips),
                         first, last);
    std::vector<footage::Clip> clips;
    while (query.executeStep()) clips.push_back(read_clip(query));
    return recipe::select(recipe, std::move(clips), zone_of(library));
}

std::size_t count_unlisted(Library& library, const recipe::Recipe& recipe) {
    if (recipe.mode != recipe::Mode::list || !recipe.listed_from) return 0;
    std::set<std::string> listed;
    for (const auto& entry : recipe.list)
        if (const auto* line = std::get_if<recipe::ListedClip>(&entry)) listed.insert(line->content_id);
    auto selection = recipe;
    selection.mode = *recipe.listed_from;
    const auto clips = selected_clips(library, selection);
    return static_cast<std::size_t>(std::count_if(
        clips.begin(), clips.end(), [&](const footage::Clip& clip) { return !listed.contains(clip.content_id); }));
}

std::optional<footage::Clip> find_clip(Library& library, std::int64_t id) {
    return find_one(library, "WHERE c.id = ?", id);
}

std::optional<footage::Clip> find_clip_by_content(Library& library, const std::string& content_id) {
    return find_one(library, "WHERE c.content_id = ?", content_id);
}

footage::RecordedAt found_date(Library& library, std::int64_t id) {
    auto row = prepare(library.database(),
                       "SELECT recorded_at, recorded_at_source, recorded_at_estimated, recorded_local FROM clips"
                       " WHERE id = ?",
                       id);
    if (!row.executeStep()) throw Error(Category::general, fmt::format("There is no clip {}.", id));
    return {row.getColumn(0).getString(), row.getColumn(1).getString(), row.getColumn(2).getInt() != 0,
            optional_text(row, "recorded_local").value_or("")};
}

std::int64_t add_clip(Library& library, const footage::Clip& clip) {
    execute(library.database(),
            "INSERT INTO clips (library_id, path, size_bytes, mtime_ns, content_id, facts, recorded_at,"
            " recorded_at_source, recorded_at_estimated, recorded_local, event, camera, sampled_id, whole_id,"
            " facts_version, created_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            library.id(), clip.path, clip.state.size_bytes, clip.state.mtime_ns, clip.content_id,
            nlohmann::json(clip.facts).dump(), clip.recorded.time, clip.recorded.source, clip.recorded.estimated,
            if_any(clip.recorded.local), clip.event, if_any(clip.camera), if_any(clip.sampled_id),
            if_any(clip.whole_id), footage::kFactsVersion, now_utc());
    return library.database().getLastInsertRowid();
}

void update_clip(Library& library, const footage::Clip& clip) {
    SQLite::Savepoint savepoint(library.database(), "update_clip");
    exchange_paths(library, clip);
    execute(library.database(),
            "UPDATE clips SET path = ?, size_bytes = ?, mtime_ns = ?, content_id = ?, facts = ?, recorded_at = ?,"
            " recorded_at_source = ?, recorded_at_estimated = ?, recorded_local = ?, event = ?, camera = ?,"
            " sampled_id = ?, whole_id = ?, facts_version = ? WHERE id = ?",
            clip.path, clip.state.size_bytes, clip.state.mtime_ns, clip.content_id, nlohmann::json(clip.facts).dump(),
            clip.recorded.time, clip.recorded.source, clip.recorded.estimated, if_any(clip.recorded.local), clip.event,
            if_any(clip.camera), if_any(clip.sampled_id), if_any(clip.whole_id), footage::kFactsVersion, clip.id);
    savepoint.release();
}

std::vector<std::pair<std::string, std::int64_t>> events(Library& library) {
    std::map<std::string, std::int64_t> found;
    for (const auto& [name, clips] : counted(library, "SELECT event, count(*) FROM clips GROUP BY event"))
        found[footage::plain_name(name)] += clips;
    return {found.begin(), found.end()};
}

std::vector<std::pair<std::string, std::int64_t>> cameras(Library& library) {
    return counted(library,
                   "SELECT camera, count(*) FROM clips WHERE camera IS NOT NULL GROUP BY camera ORDER BY camera");
}

std::vector<std::pair<std::string, std::int64_t>> tags(Library& library) {
    return counted(library,
                   "SELECT t.name, count(*) FROM clip_tags ct JOIN tags t ON t.id = ct.tag_id GROUP BY t.name "
                   "ORDER BY t.name");
}

int add_tag(Library& library, const std::string& tag, const std::vector<std::int64_t>& clip_ids) {
    return for_each_clip(library, clip_ids, [&](std::int64_t id) {
        execute(library.database(), "INSERT INTO tags (name) VALUES (?) ON CONFLICT (name) DO NOTHING", tag);
        return execute(library.database(),
                       "INSERT OR IGNORE INTO clip_tags (clip_id, tag_id) SELECT ?, id FROM tags WHERE name = ?", id,
                       tag);
    });
}

int remove_tag(Library& library, const std::string& tag, const std::vector<std::int64_t>& clip_ids) {
    return for_each_clip(library, clip_ids, [&](std::int64_t id) {
        return execute(library.database(),
                       "DELETE FROM clip_tags WHERE clip_id = ? AND tag_id = (SELECT id FROM tags WHERE name = ?)", id,
                       tag);
    });
}

}  // namespace dadcam::library
