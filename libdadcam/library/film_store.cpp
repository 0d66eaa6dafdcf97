#include <libdadcam/library/film_store.hpp>
#include <libdadcam/library/statement.hpp>
#include <libdadcam/recipe/preset.hpp>

namespace dadcam::library {

void announce_film(Library& library, std::int64_t id, const RunOutput& output) {
    execute(library.database(),
            "UPDATE export_runs SET output_size_bytes = ?, output_content_id = ?, output_duration_ms = ?,"
            " thumbnail_path = ?, output_content_hash = ?, film_key = ? WHERE id = ? AND status = 'rendering'",
            output.size_bytes, output.content_id, output.duration_ms, output.thumbnail_path, output.content_hash,
            output.film_key, id);
}

std::vector<std::pair<Run, std::string>> runs_of_film(Library& library, const std::string& film_key) {
    std::vector<std::pair<Run, std::string>> found;
    auto query =
        prepare(library.database(),
                "SELECT id, output_content_hash FROM export_runs WHERE film_key = ? AND status = 'completed' AND"
                " output_content_hash IS NOT NULL ORDER BY id DESC LIMIT 10",
                film_key);
    while (query.executeStep()) {
        found.emplace_back(find_run(library, query.getColumn(0).getInt64()), query.getColumn(1).getString());
    }
    return found;
}

bool is_film_of_newer(Library& library, std::int64_t id, const std::string& stored_path) {
    return prepare(library.database(),
                   "SELECT 1 FROM export_runs WHERE output_path = ? AND id > ? AND status = 'completed'", stored_path,
                   id)
        .executeStep();
}

bool is_finished_film(Library& library, const std::string& content_id) {
    return prepare(library.database(),
                   "SELECT 1 FROM export_runs WHERE output_content_id = ? AND status = 'completed' AND"
                   " iif(json_valid(recipe_snapshot), json_extract(recipe_snapshot, '$.outputPreset'), '') != ?",
                   content_id, recipe::kDraft)
        .executeStep();
}

std::set<std::string> film_paths(Library& library) {
    std::set<std::string> paths;
    SQLite::Statement query(library.database(), "SELECT output_path FROM export_runs WHERE output_path IS NOT NULL");
    while (query.executeStep()) paths.insert(query.getColumn(0).getString());
    return paths;
}

std::map<std::int64_t, std::vector<std::int64_t>> films_by_clip(Library& library) {
    std::map<std::int64_t, std::vector<std::int64_t>> films;
    auto query = prepare(library.database(),
                         "SELECT DISTINCT i.clip_id, r.id FROM export_run_items i JOIN export_runs r ON r.id = i.run_id"
                         " WHERE r.status = 'completed' AND i.clip_id IS NOT NULL AND"
                         " iif(json_valid(recipe_snapshot), json_extract(recipe_snapshot, '$.outputPreset'), '') != ?"
                         " ORDER BY i.clip_id, r.id DESC",
                         std::string(recipe::kDraft));
    while (query.executeStep()) films[query.getColumn(0).getInt64()].push_back(query.getColumn(1).getInt64());
    return films;
}

}  // namespace dadcam::library
