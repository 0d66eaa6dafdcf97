#include <SQLiteCpp/Savepoint.h>
#include <fmt/format.h>

#include <libdadcam/error.hpp>
#include <libdadcam/library/recipe_store.hpp>
#include <libdadcam/library/settings.hpp>
#include <libdadcam/library/statement.hpp>
#include <libdadcam/library/time_zone.hpp>
#include <libdadcam/time.hpp>
#include <vector>

namespace dadcam::library {
namespace {

/// In one of the tables that hold dates.
void move_instants(SQLite::Database& database, const char* table, const Zone& zone) {
    std::vector<std::pair<std::string, std::string>> moved;
    SQLite::Statement query(database, fmt::format("SELECT content_id, recorded_local, recorded_at FROM {} WHERE "
                                                  "recorded_local IS NOT NULL",
                                                  table));
    while (query.executeStep()) {
        const auto wall = parse_time(query.getColumn(1).getString());
        if (!wall || wall->offset) continue;
        auto instant = format_utc(zone.instant(wall->wall));
        if (instant != query.getColumn(2).getString())
            moved.emplace_back(query.getColumn(0).getString(), std::move(instant));
    }
    for (const auto& [content, instant] : moved)
        execute(database, fmt::format("UPDATE {} SET recorded_at = ? WHERE content_id = ?", table), instant, content);
}

}  // namespace

bool has_zone(Library& library) {
    return find_setting(library, kZoneSetting).has_value();
}

Zone zone_of(Library& library) {
    const auto name = find_setting(library, kZoneSetting);
    if (!name) return {};
    if (auto zone = Zone::find(*name)) return *zone;
    throw Error(Category::general, fmt::format("This system does not know the library's time zone, \"{}\".", *name),
                "Install a newer tzdata, or give the library another one: dadcam config zone Europe/Berlin");
}

void set_zone(Library& library, const Zone& zone) {
    SQLite::Savepoint savepoint(library.database(), "set_zone");
    set_setting(library, kZoneSetting, zone.name());
    move_instants(library.database(), "clips", zone);
    move_instants(library.database(), "time_corrections", zone);
    savepoint.release();
}

void give_zone(Library& library, const Zone& zone) {
    SQLite::Savepoint savepoint(library.database(), "give_zone");
    ask_for_days_at_the_wall(library);
    set_zone(library, zone);
    savepoint.release();
}

}  // namespace dadcam::library
