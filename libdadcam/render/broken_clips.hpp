#pragma once

#include <functional>
#include <libdadcam/library/library.hpp>
#include <libdadcam/process/stop.hpp>
#include <libdadcam/render/job.hpp>
#include <vector>

namespace dadcam::render {

/// A failure that may be a clip's own, so that other clips need not share it.
bool about_a_clip(const Error& error);

/// The inputs, in order, that cannot be rendered by themselves: each clip that one of these segments reads is decoded
/// alone to find out, by ffmpeg without a launcher, whose failures are no clip's. Throws the Error of a failure that is
/// not about a clip. `keep_going` is asked at least every 100 ms; when it says no, or on a stop: Error(cancelled).
std::vector<std::size_t> find_broken_clips(const library::Library& library, const Job& job,
                                           const std::vector<std::size_t>& failed_segments,
                                           const std::function<bool()>& keep_going, const process::Stop& stop);

}  // namespace dadcam::render
