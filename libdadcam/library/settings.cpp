#include <libdadcam/library/settings.hpp>
#include <libdadcam/library/statement.hpp>

namespace dadcam::library {

std::optional<std::string> find_setting(Library& library, const std::string& name) {
    auto query = prepare(library.database(), "SELECT value FROM settings WHERE name = ?", name);
    if (!query.executeStep()) return std::nullopt;
    return query.getColumn(0).getString();
}

void set_setting(Library& library, const std::string& name, const std::string& value) {
    execute(library.database(), "INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", name, value);
}

void unset_setting(Library& library, const std::string& name) {
    execute(library.database(), "DELETE FROM settings WHERE name = ?", name);
}

}  // namespace dadcam::library
