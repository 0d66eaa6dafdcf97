#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <libdadcam/error.hpp>
#include <libdadcam/library/recipe_store.hpp>
#include <libdadcam/library/statement.hpp>
#include <libdadcam/recipe/preset.hpp>
#include <libdadcam/time.hpp>
#include <nlohmann/json.hpp>

namespace dadcam::library {
namespace {

constexpr const char* kSelectRecipes = "SELECT id, settings, created_at FROM export_recipes ";
constexpr std::size_t kMostNamed = 10;

StoredRecipe read_recipe(SQLite::Statement& row) {
    StoredRecipe stored{row.getColumn("id").getInt64(), {}, row.getColumn("created_at").getString()};
    try {
        stored.recipe = nlohmann::json::parse(row.getColumn("settings").getString()).get<recipe::Recipe>();
    } catch (const nlohmann::json::exception& error) {
        throw Error(Category::general, fmt::format("Recipe {} cannot be read.", stored.id),
                    "Delete it and create it again.", error.what());
    }
    return stored;
}

/// What is stored of a recipe. A draft is made of any recipe, and is none.
std::string settings_of(const recipe::Recipe& recipe) {
    if (recipe.preset == recipe::kDraft) {
        throw Error(Category::usage, "A recipe's preset cannot be draft.",
                    "Use share, archive or original; a draft of any recipe is made by: dadcam export --draft");
    }
    return nlohmann::json(recipe).dump();
}

std::string names_there_are(Library& library) {
    const auto recipes = all_recipes(library);
    if (recipes.empty()) return "There are none yet. Make one with: dadcam recipe-create NAME --mode all";
    std::string names = "There are:";
    for (std::size_t index = 0; index < std::min(recipes.size(), kMostNamed); ++index) {
        names += fmt::format("{} {} \"{}\"", index == 0 ? "" : ",", recipes[index].id, recipes[index].recipe.name);
    }
    return names + (recipes.size() > kMostNamed ? " …" : "");
}

}  // namespace

std::int64_t add_recipe(Library& library, const recipe::Recipe& recipe) {
    try {
        execute(library.database(),
                "INSERT INTO export_recipes (library_id, name, settings, created_at) VALUES (?, ?, ?, ?)", library.id(),
                recipe.name, settings_of(recipe), now_utc());
    } catch (const SQLite::Exception& error) {
        if (error.getErrorCode() != SQLITE_CONSTRAINT) throw;
        throw Error(Category::general, fmt::format("There is already a recipe named \"{}\".", recipe.name),
                    "Choose another name, or delete the old one with: dadcam recipe-delete", error.what());
    }
    return library.database().getLastInsertRowid();
}

void update_recipe(Library& library, const StoredRecipe& stored) {
    execute(library.database(), "UPDATE export_recipes SET settings = ? WHERE id = ?", settings_of(stored.recipe),
            stored.id);
}

std::vector<StoredRecipe> all_recipes(Library& library) {
    std::vector<StoredRecipe> recipes;
    SQLite::Statement query(library.database(), std::string(kSelectRecipes) + "ORDER BY id");
    while (query.executeStep()) recipes.push_back(read_recipe(query));
    return recipes;
}

StoredRecipe find_recipe(Library& library, const std::string& id_or_name) {
    const bool is_id = !id_or_name.empty() &&
                       std::all_of(id_or_name.begin(), id_or_name.end(), [](char c) { return c >= '0' && c <= '9'; });
    auto query =
        prepare(library.database(), fmt::format("{}WHERE {} = ?", kSelectRecipes, is_id ? "CAST(id AS TEXT)" : "name"),
                id_or_name);
    if (query.executeStep()) return read_recipe(query);
    throw Error(Category::general, fmt::format("There is no recipe {}.", is_id ? id_or_name : '"' + id_or_name + '"'),
                names_there_are(library));
}

void ask_for_days_at_the_wall(Library& library) {
    const auto at_the_wall = [](std::optional<std::string>& bound, std::string_view end_of_day) {
        const bool is_day = bound && bound->ends_with(end_of_day);
        if (is_day) bound->pop_back();
        return is_day;
    };
    SQLite::Statement query(library.database(), kSelectRecipes);
    std::vector<StoredRecipe> changed;
    while (query.executeStep()) {
        try {
            auto stored = read_recipe(query);
            const bool from = at_the_wall(stored.recipe.from, "T00:00:00Z");
            const bool until = at_the_wall(stored.recipe.until, "T23:59:59Z");
            if (from || until) changed.push_back(std::move(stored));
        } catch (const Error&) {  // is told to whoever asks for it
        }
    }
    for (const auto& stored : changed) update_recipe(library, stored);
}

void delete_recipe(Library& library, std::int64_t id) {
    execute(library.database(), "DELETE FROM export_recipes WHERE id = ?", id);
}

}  // namespace dadcam::library
