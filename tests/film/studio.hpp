#pragma once

#include <filesystem>
#include <string>
#include <tests/cli/sandbox.hpp>
#include <utility>
#include <vector>

namespace dadcam::test {

using Words = std::vector<std::string>;

/// Runs a tool of this machine to its end and returns its standard output; the test ends when the tool fails.
std::string output_of(const std::string& program, const Words& arguments);

/// A library whose clips are made for one test, and films made of them by the real program.
class Studio : public Sandbox {
public:
    /// Asks for a clip, to be made by these words to ffmpeg. On a film in chronological order the clips lie in the
    /// order in which they were asked for.
    void clip(const std::string& name, Words ffmpeg_arguments);
    /// Makes the clips that were asked for, a few at a time.
    void make_clips();
    /// Makes them, and the library.
    void take_in();
    /// Exports a new recipe of all clips and returns the film.
    std::filesystem::path film(const Words& recipe_options, const Words& export_options = {});
    /// The same, however it ends.
    Ran try_film(const Words& recipe_options, const Words& export_options = {});
    /// The last export's snapshot again, rendered as one segment.
    std::filesystem::path one_segment();

private:
    std::vector<std::pair<std::string, Words>> wanted_;
    int clips_ = 0;
    int recipes_ = 0;
};

}  // namespace dadcam::test
