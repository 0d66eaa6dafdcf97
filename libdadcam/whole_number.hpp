#pragma once

#include <nlohmann/json.hpp>

namespace dadcam {

/// The same JSON value, when it is a whole number; throws nlohmann::json::exception for any other. To be asked before
/// get<integer>(), which casts a fraction, also one that is beyond the integer's range.
inline const nlohmann::json& whole_number(const nlohmann::json& json) {
    static_cast<void>(json.get_ref<const nlohmann::json::number_integer_t&>());
    return json;
}

}  // namespace dadcam
