#pragma once

#include <doctest/doctest.h>

#include <string>
#include <tests/cli/sandbox.hpp>
#include <vector>

namespace dadcam::test {

/// A library whose owner keeps segments on another disk. It can be pulled out: its mount point stays, empty.
struct Elsewhere : SmallLibrary {
    const std::filesystem::path disk = *this / "disk";
    const std::filesystem::path pulled = *this / "pulled out";
    const Environment mine{{"HOME", (*this / "mine").string()}};
    const std::filesystem::path segments = disk / database().execAndGet("SELECT uuid FROM libraries").getString();

    explicit Elsewhere(const std::string& name = "library") : SmallLibrary(name) {
        std::filesystem::create_directory(disk);
    }

    void put_it_there() const { must({"config", "--global", "store", disk.string()}, mine); }
    void pull_out() const {
        std::filesystem::rename(disk, pulled);
        std::filesystem::create_directory(disk);
    }
    void put_back() const {
        std::filesystem::remove(disk);  // it is empty
        std::filesystem::rename(pulled, disk);
    }
    /// With a stub in place of ffmpeg, too.
    Environment with(Environment stub) const {
        stub.insert(mine.begin(), mine.end());
        return stub;
    }
    Json last(std::vector<std::string> arguments) const {
        arguments.emplace_back("--json");
        return json_lines(must(arguments, mine)).back();
    }
    Json show(std::vector<std::string> arguments) const {
        arguments.emplace_back("--json");
        return Json::parse(must(arguments, mine));
    }
};

/// Below a folder, those whose name ends so.
inline std::size_t files_in(const std::filesystem::path& folder, const std::string& end) {
    std::size_t count = 0;
    if (!std::filesystem::exists(folder)) return count;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        count += entry.path().filename().string().ends_with(end) ? 1U : 0U;
    return count;
}

/// The film as it is without any trouble, its segments in the library.
inline const std::string& film_of_own_store() {
    static const std::string film = read_file(ExportedLibrary().film);
    return film;
}

inline void check_whole(const Json& outcome) {
    CHECK(outcome["success"] == true);
    CHECK((read_file(outcome["outputPath"].get<std::string>()) == film_of_own_store()));
}

}  // namespace dadcam::test
