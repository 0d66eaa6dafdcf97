#pragma once

#include <cstdint>
#include <libdadcam/library/library.hpp>
#include <libdadcam/library/run_store.hpp>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

/// The films that runs have made.
namespace dadcam::library {

/// All about the film but its path, before it is put into its place: so that it is known again after a crash between
/// the two.
void announce_film(Library& library, std::int64_t id, const RunOutput& output);
/// A completed run whose film was joined from the same in the same way, and the hash of that film; newest first.
std::vector<std::pair<Run, std::string>> runs_of_film(Library& library, const std::string& film_key);

/// True when a newer completed run has its film at that stored path.
bool is_film_of_newer(Library& library, std::int64_t id, const std::string& stored_path);

/// True when a completed run's film, which is no draft, has that content identity.
bool is_finished_film(Library& library, const std::string& content_id);

/// The stored paths of the films that are there or were: they are not footage.
std::set<std::string> film_paths(Library& library);

/// The finished films that each clip is in, by their numbers, newest first; a draft is none.
std::map<std::int64_t, std::vector<std::int64_t>> films_by_clip(Library& library);

}  // namespace dadcam::library
