#pragma once

#include <cstdint>
#include <libdadcam/library/library.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace dadcam::library {

struct LogLine {
    std::string level;  ///< info, warn, error
    std::string message;
    std::string created_at;
};

/// Longer messages are cut to 16 KiB, at the front: what ffmpeg said last counts. Invalid UTF-8 is kept as it came.
void add_log(Library& library, std::int64_t run_id, std::string_view level, std::string_view message);
/// The last `limit` lines, oldest first.
std::vector<LogLine> logs(Library& library, std::int64_t run_id, std::int64_t limit);

}  // namespace dadcam::library
