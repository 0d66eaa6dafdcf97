#pragma once

#include <cstdint>
#include <libdadcam/render/snapshot.hpp>
#include <libdadcam/timeline/timeline.hpp>
#include <span>
#include <vector>

/// How many segments are rendered at once, and in what order. Nothing in the film depends on it.
namespace dadcam::render {

struct Machine {
    unsigned cores = 1;
    std::int64_t memory = 0;  ///< bytes that programs can have now; 0: unknown
};

/// This one, or as much of it as the container may use.
Machine this_machine();

/// Bytes that the ffmpeg of one segment takes at most.
std::int64_t memory_of_worker(const Snapshot& snapshot);

/// One worker a core, as far as the memory goes; at least one.
unsigned workers_for(const Machine& machine, const Snapshot& snapshot);

/// The order in which segments are begun: that of the film, in which its sound is encoded beside them; but the last
/// ones, about two for each worker, longest first, so that all workers end together.
std::vector<std::size_t> order_of(std::vector<std::size_t> missing, std::span<const timeline::Segment> segments,
                                  unsigned workers);

}  // namespace dadcam::render
