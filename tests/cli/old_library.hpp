#pragma once

#include <tests/cli/sandbox.hpp>

namespace dadcam::test {

/// A library as dadcam 0.1.0 left it, unpacked anew for each test: clips, recipes, exports in every state, segments.
/// old-library/make tells what was done with it.
struct OldLibrary : Sandbox {
    OldLibrary();

    /// What `export-details` says of an export, its segments and log included.
    Json details(std::int64_t run) const;
    /// All that lies in it but dadcam's own files and films.
    Tree recordings() const;
    /// The SHA-256 of the film that dadcam 0.1.0 would have made of an export that it left unfinished.
    std::string promised_film(std::int64_t run) const;
    /// Whether ffmpeg, the processor and the font are those that its films were made with.
    bool made_here() const;
};

std::string sha256(const std::filesystem::path& file);

/// As its packets are counted.
std::int64_t frames_of(const std::filesystem::path& film);

/// Asserts that an export of now has made the film that the one of then made, or was to make, whose SHA-256 is
/// `film_of_then`: the same bytes where the same can be expected, else as many frames.
void check_film_again(const OldLibrary& old, const Json& then, const Json& now, const std::string& film_of_then);

/// Asserts that what the export of then had finished was not rendered again by the one of now, unless it cannot serve.
/// `renamed`: of its finished segments, those whose filters are others now.
void check_reuse(const OldLibrary& old, const Json& then, const Json& now, std::int64_t renamed = 0);

/// How many of an export's segments say so.
std::int64_t count_segments(const Json& run, const std::string& field, const Json& value);

/// Asserts what the fields of objects are, a line for each object: "7 | Phones/IMG_0101.MOV | -", with paths from the
/// library on.
void check_rows(const OldLibrary& old, const Json& objects, const std::vector<std::string>& fields,
                const std::vector<std::string>& expected);

}  // namespace dadcam::test
