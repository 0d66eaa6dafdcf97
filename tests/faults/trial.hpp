#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <tests/faults/bench.hpp>
#include <tests/faults/child.hpp>

namespace dadcam::faults {

using Json = nlohmann::json;

/// What the film must be in the end, when a fault changed more than the course of things.
struct Expected {
    std::string film;
    std::map<std::string, std::string> clips;
    bool reuses = true;  ///< every finished segment is taken over
};

/// A copy of the bench's library in a folder of its own, and what is done to it.
class Trial {
public:
    Trial(const Bench& bench, std::filesystem::path folder);

    const Bench& bench;
    const std::filesystem::path folder;
    std::filesystem::path library;
    Environment environment{};  ///< of every call of dadcam

    /// Works in another copy of the library from now on.
    void move_to(const std::filesystem::path& place);

    Words words(const std::vector<std::string>& arguments, const Environment& more = {}) const;
    Child start(const std::vector<std::string>& arguments, const Environment& more = {}) const;
    Ran dadcam(const std::vector<std::string>& arguments, const Environment& more = {}) const;
    /// export Film --json
    Ran export_film(const Environment& more = {}, const std::vector<std::string>& options = {}) const;

    /// Stands in for ffmpeg: does `action`, in shell, when its words match the pattern of a shell's `case`, and becomes
    /// the real one, which the action finds in $real.
    Environment stub(const std::string& pattern, const std::string& action) const;

    /// Exports until clip3.mp4 is to be rendered, and is killed there.
    void interrupt_before_clip3() const;

    /// Notes what a call said, for whoever looks into the folder afterwards.
    void note(const std::string& text) const;

    /// All that must hold after an end without a word, and after every other: goes on until the film is there, as a
    /// person would, and looks at everything. Throws Lost.
    void survive() const;
    void survive(const Expected& expected) const;

    /// That no process works in the folder.
    void nothing_of_a_process_is_left() const;
    /// Nor any temporary file is in it.
    void nothing_is_left() const;
    void database_is_sound() const;
    /// Rows of a table, without opening the database itself: a crash must be found by dadcam, not by the test.
    std::int64_t count(const std::string& table) const;

private:
    std::filesystem::path finished_film(bool reuses) const;
    std::filesystem::path resume_until_done(bool reuses) const;
    void files_are_recorded() const;
};

/// How far an export was that ended without a word, by its --json: "before it began", "encoding" …
std::string stage_of(const std::string& out);

/// The last object of a rendering command's --json; null when there is none.
Json last_line(const std::string& out);

/// That it failed in this way, and said so.
void expect_failure(const Ran& ran, int code, const std::string& category);

/// Patterns for Trial::stub().
inline constexpr const char* kClip1 = "*/clip1.mp4*";
inline constexpr const char* kClip2 = "*/clip2.mp4*";
inline constexpr const char* kClip3 = "*/clip3.mp4*";
inline constexpr const char* kJoining = "*'-f concat'*";

}  // namespace dadcam::faults
