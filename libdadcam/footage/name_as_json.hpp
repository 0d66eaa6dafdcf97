#pragma once

#include <libdadcam/whole_number.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace dadcam::footage {

/// JSON holds UTF-8 only, and an old disk's names need not be: then their bytes, as numbers.
inline nlohmann::json name_as_json(const std::string& name) {
    nlohmann::json json = name;
    try {
        static_cast<void>(json.dump());
        return json;
    } catch (const nlohmann::json::type_error&) {
        return std::vector<unsigned char>(name.begin(), name.end());
    }
}

/// The name that became this. Throws nlohmann::json::exception for JSON that is neither text nor whole numbers.
inline std::string as_name(const nlohmann::json& json) {
    if (!json.is_array()) return json.get<std::string>();
    for (const auto& byte : json) whole_number(byte);
    const auto bytes = json.get<std::vector<unsigned char>>();
    return {bytes.begin(), bytes.end()};
}

}  // namespace dadcam::footage
