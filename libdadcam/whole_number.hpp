#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>

namespace dadcam {

/// The same JSON value, when it is a whole number; throws nlohmann::json::exception for any other. To be asked before
/// get<integer>(), which casts a fraction, also one that is beyond the integer's range.
inline const nlohmann::json& whole_number(const nlohmann::json& json) {
    static_cast<void>(json.get_ref<const nlohmann::json::number_integer_t&>());
    return json;
}

/// A field's whole number; nothing where it is not there, or null. Throws as above.
inline std::optional<std::int64_t> optional_whole(const nlohmann::json& json, const char* field) {
    const auto found = json.find(field);
    if (found == json.end() || found->is_null()) return std::nullopt;
    return whole_number(*found).get<std::int64_t>();
}

}  // namespace dadcam
