#pragma once

#include <filesystem>
#include <libdadcam/library/library.hpp>
#include <libdadcam/library/run_store.hpp>
#include <string>

/// Where a run's files lie. Every name follows from the run's number and its -o, never from a path found in a row, so
/// that what is removed is exactly what the run wrote.
namespace dadcam::render {

/// A place that a row names is believed only when this person has named it.
bool is_believed(const library::Run& run);

/// Of the finished film; absolute. Error(output_write_error) for a place that this person has not named: a database can
/// come from anyone, and so can the paths in it.
std::filesystem::path film_place(const library::Library& library, const library::Run& run);
/// The same, to look at the film only: also a place inside the library that this person has not named.
std::filesystem::path film_to_show(const library::Library& library, const library::Run& run);
std::filesystem::path film_temporary(const library::Library& library, const library::Run& run);
std::filesystem::path thumbnail_place(const library::Library& library, std::int64_t run_id);
std::filesystem::path thumbnail_temporary(const library::Library& library, std::int64_t run_id);
/// The list of segments for the concat demuxer, in a folder of segments.
std::filesystem::path list_place(const std::filesystem::path& segments, std::int64_t run_id);
/// A folder for the parts of the film's sound, before they are joined with the pictures; there, too.
std::filesystem::path sound_place(const std::filesystem::path& segments, std::int64_t run_id);
/// Where a segment is put that is rendered now; library::segment_file() tells where one is.
std::filesystem::path segment_place(const library::Library& library, const std::string& key);
/// Before it comes into its place, each of these files is here. The library is in the name: two of them may put a film
/// into one folder.
std::filesystem::path beside(const library::Library& library, const std::filesystem::path& file, std::int64_t run_id);

}  // namespace dadcam::render
