#pragma once

#include <cstdint>
#include <functional>
#include <libdadcam/footage/facts.hpp>
#include <libdadcam/measure/packets.hpp>
#include <libdadcam/process/input.hpp>
#include <libdadcam/process/stop.hpp>
#include <optional>
#include <string>

namespace dadcam::measure {

/// The length of a tick, in microseconds.
double tick_us(const footage::Facts& facts);

/// Has ffprobe list an input's packets, and hands each on as it comes. `from_us`: those from the last key picture
/// before that time on, on the file's clock, as far as the container can be entered there; else from where it can be.
/// Packets of which the demuxer says that they are not to be shown are left out, unless they are wanted, too; one that
/// begins inside another's bytes (small pictures in MPEG-PS) is given the place of what came before it, from which it
/// can be read. Error(timeout) when ffprobe stands still, Error(input_not_found) when it does not come to the end,
/// Error(cancelled).
void walk(const std::string& ffprobe, const process::Input& input, const std::function<void(const Packet&)>& each,
          const process::Stop& stop, std::optional<std::int64_t> from_us = {}, bool with_hidden = false);

}  // namespace dadcam::measure
