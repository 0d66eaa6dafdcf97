#pragma once

#include <cstdint>
#include <filesystem>
#include <libdadcam/footage/facts.hpp>
#include <libdadcam/measure/cut_at_changes.hpp>
#include <libdadcam/measure/pictures.hpp>
#include <libdadcam/measure/regions.hpp>
#include <libdadcam/process/input.hpp>
#include <libdadcam/process/stop.hpp>
#include <optional>
#include <string>

/// With which picture a stream begins. Times in its ticks.
namespace dadcam::measure {

/// Which pictures are decoded: all, or those that refer to no other.
enum class Among { all, keys };

/// When the first picture that ffmpeg decodes is shown; nothing when ffmpeg does not say it. Error(cancelled).
std::optional<std::int64_t> first_shown(const std::string& ffmpeg, const process::Input& input,
                                        const footage::Facts& facts, const process::Stop& stop,
                                        Among among = Among::all);

/// When the first picture is shown that is decoded right, where that is not the first one of a file, as in one that was
/// cut between two key pictures; nothing where it is, or where there is none. Error(timeout), Error(cancelled).
std::optional<std::int64_t> later_beginning(const Readers& readers, const std::filesystem::path& absolute,
                                            const footage::Facts& facts, const process::Stop& stop);

/// Whether the pictures that follow the first key picture of an input, shown at `key`, and are shown before it, the
/// first at `leading`, can be decoded. Many camcorders begin each recording with such; where a recording was cut, they
/// refer to what is no longer there. Error(cancelled).
bool is_first_shown(const std::string& ffmpeg, const process::Input& input, const footage::Facts& facts,
                    std::int64_t key, std::int64_t leading, const process::Stop& stop);

/// With which time a part of a file begins that ffprobe has these facts of.
std::int64_t begin_of(const Asked& asked, process::Part part, const footage::Facts& facts,
                      const RegionReader::Stretch& stretch);

}  // namespace dadcam::measure
