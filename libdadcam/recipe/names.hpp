#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <libdadcam/error.hpp>
#include <string>
#include <string_view>

/// Tables of an enumeration's values and their names.
namespace dadcam::recipe {

template <typename Table, typename Value>
std::string_view name_in(const Table& table, Value value) {
    return std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.first == value; })->second;
}

/// Error(usage), which names those that there are.
template <typename Table>
auto value_in(const Table& table, std::string_view text, std::string_view what) {
    const auto found = std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.second == text; });
    if (found != table.end()) return found->first;
    std::string names;
    for (const auto& row : table) names += fmt::format("{}{}", names.empty() ? "" : ", ", row.second);
    throw Error(Category::usage, fmt::format("There is no {} named \"{}\".", what, text),
                fmt::format("Use one of: {}.", names));
}

}  // namespace dadcam::recipe
