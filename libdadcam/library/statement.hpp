#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>

/// The little that SQLiteCpp leaves to its user: NULL in both directions, and a statement in one line.
namespace dadcam::library {

template <typename Value>
void bind_value(SQLite::Statement& statement, int position, const Value& value) {
    if constexpr (std::is_same_v<Value, std::nullopt_t>)
        statement.bind(position);
    else if constexpr (std::is_enum_v<Value> || std::is_integral_v<Value>)
        statement.bind(position, static_cast<std::int64_t>(value));
    else
        statement.bind(position, value);
}

template <typename Value>
void bind_value(SQLite::Statement& statement, int position, const std::optional<Value>& value) {
    if (value)
        bind_value(statement, position, *value);
    else
        statement.bind(position);
}

/// A prepared statement with its values bound, in order.
template <typename... Values>
SQLite::Statement prepare(SQLite::Database& database, const std::string& sql, const Values&... values) {
    SQLite::Statement statement(database, sql);
    [[maybe_unused]] int position = 0;  // there may be no values
    (bind_value(statement, ++position, values), ...);
    return statement;
}

/// Runs one statement that returns no rows. Returns how many rows it changed.
template <typename... Values>
int execute(SQLite::Database& database, const std::string& sql, const Values&... values) {
    return prepare(database, sql, values...).exec();
}

inline std::optional<std::string> optional_text(SQLite::Statement& statement, const char* column) {
    const SQLite::Column value = statement.getColumn(column);
    return value.isNull() ? std::nullopt : std::optional(value.getString());
}

inline std::optional<std::int64_t> optional_integer(SQLite::Statement& statement, const char* column) {
    const SQLite::Column value = statement.getColumn(column);
    return value.isNull() ? std::nullopt : std::optional(value.getInt64());
}

}  // namespace dadcam::library
