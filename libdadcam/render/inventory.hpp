#pragma once

#include <cstdint>
#include <functional>
#include <libdadcam/library/library.hpp>
#include <libdadcam/render/job.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace dadcam::render {

/// What of a film the store has, and what has to be rendered. Segments go by their place on the film.
struct Inventory {
    std::vector<std::size_t> there;
    std::vector<std::size_t> missing;                       ///< of equal ones only the first
    std::map<std::size_t, std::vector<std::size_t>> twins;  ///< of a missing one: the others that are equal to it
    std::vector<std::optional<std::int64_t>> sizes;         ///< of each segment in bytes, where the store has it
    std::set<std::string> absent_keys;                      ///< what the store does not have
    std::map<std::size_t, std::string> lost;                ///< of a missing one: what became of its file
};

/// Looks for every segment of the job's film. `rendered`: keys that this run has rendered itself; without the store
/// only those count as there. Reading whole segments, which --verify asks for, can take long: `each` is called
/// meanwhile, and may throw to end that. Error(output_write_error) for a store that is not there.
Inventory take_inventory(library::Library& library, const Job& job, const std::set<std::string>& rendered,
                         const std::function<void()>& each);

/// Why segments are rendered that were finished once: a sentence for each.
std::vector<std::string> why_again(library::Library& library, const Job& job, const Inventory& inventory);

}  // namespace dadcam::render
