#include <libdadcam/library/settings.hpp>
#include <libdadcam/library/statement.hpp>

namespace dadcam::library {

std::optional<Setting> find_setting(Library& library, const std::string& name) {
    auto query = prepare(library.database(), "SELECT value, set_in FROM settings WHERE name = ?", name);
    if (!query.executeStep()) return std::nullopt;
    return Setting{query.getColumn(0).getString(), query.getColumn(1).getString() == library.disk_identity()};
}

void set_setting(Library& library, const std::string& name, const std::string& value) {
    execute(library.database(), "INSERT OR REPLACE INTO settings (name, value, set_in) VALUES (?, ?, ?)", name, value,
            library.disk_identity());
}

void unset_setting(Library& library, const std::string& name) {
    execute(library.database(), "DELETE FROM settings WHERE name = ?", name);
}

}  // namespace dadcam::library
