#pragma once

#include <cstdint>
#include <filesystem>
#include <libdadcam/footage/facts.hpp>
#include <libdadcam/measure/pictures.hpp>
#include <libdadcam/process/stop.hpp>

namespace dadcam::measure {

/// How long it takes, in microseconds, until a decoder that was entered at a key picture of a clip's index shows what
/// was meant. 0 where the index is right, which is tried at two of them. Elsewhere it calls pictures so that are none:
/// the recovery points of a stream that is renewed bit by bit, or all, as a QuickTime file does that has no table of
/// them. Then it is what the recovery point says, else as long as the true ones are apart, for which the whole file is
/// read. Of a clip whose container has an index. Error(timeout), Error(cancelled).
std::int64_t recovery_us(const Readers& readers, const std::filesystem::path& absolute, const footage::Facts& facts,
                         const process::Stop& stop);

}  // namespace dadcam::measure
