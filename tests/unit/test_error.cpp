#include <doctest/doctest.h>

#include <libdadcam/error.hpp>
#include <map>
#include <set>
#include <string>

using namespace dadcam;

TEST_CASE("each category has the exit code that is promised to scripts") {
    const std::map<Category, int> codes{{Category::general, 1},
                                        {Category::usage, 2},
                                        {Category::tool_missing, 10},
                                        {Category::input_not_found, 11},
                                        {Category::output_write_error, 12},
                                        {Category::encoding_error, 13},
                                        {Category::disk_full, 14},
                                        {Category::timeout, 15},
                                        {Category::busy, 16},
                                        {Category::interrupted, 1},
                                        {Category::cancelled, 1}};
    std::set<std::string_view> names;
    for (const auto& [category, code] : codes) {
        CHECK(exit_code(category) == code);
        names.insert(name(category));
    }
    CHECK(names.size() == codes.size());
    CHECK(name(Category::disk_full) == "disk_full");
}

TEST_CASE("an error says what happened, what to do and the details") {
    const Error error(Category::disk_full, "The disk is full.", "Make room.", "ENOSPC");
    CHECK(error.category() == Category::disk_full);
    CHECK(error.message() == "The disk is full.");
    CHECK(error.advice() == "Make room.");
    CHECK(error.detail() == "ENOSPC");
    CHECK(error.what() == std::string("The disk is full."));
}

TEST_CASE("what was asked wrongly, or is not there, does not mend itself") {
    for (const auto category : {Category::usage, Category::tool_missing, Category::input_not_found})
        CHECK_FALSE(Error(category, "").recoverable());
    for (const auto category : {Category::disk_full, Category::timeout, Category::busy, Category::encoding_error,
                                Category::output_write_error, Category::interrupted, Category::cancelled})
        CHECK(Error(category, "").recoverable());
}
