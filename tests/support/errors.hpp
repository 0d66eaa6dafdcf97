#pragma once

#include <doctest/doctest.h>

#include <libdadcam/error.hpp>

namespace dadcam::test {

/// The Error that `act` throws; the test fails when it throws none.
template <typename Act>
Error error_of(Act act) {
    try {
        act();
    } catch (const Error& error) {
        return error;
    }
    FAIL("no Error was thrown");
    throw Error(Category::general, "not reached");
}

inline bool contains(std::string_view text, std::string_view words) {
    return text.find(words) != std::string_view::npos;
}

}  // namespace dadcam::test
