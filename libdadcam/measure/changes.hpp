#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <libdadcam/footage/facts.hpp>
#include <libdadcam/measure/packets.hpp>
#include <string>
#include <vector>

namespace dadcam::measure {

/// Where a stream's header is another one than before.
struct Change {
    Kind kind = Kind::picture;
    std::int64_t time = 0;  ///< of the first packet of the new kind, in ticks
    std::int64_t byte = 0;  ///< where that begins
};

/// Looks at the headers of a clip's pictures and sound while its packets are listed. What it finds has to be asked of
/// ffprobe: it compares bytes, and does not read them.
class ChangeFinder {
public:
    /// `facts`: which streams, and what they are coded as.
    ChangeFinder(const std::filesystem::path& file, const footage::Facts& facts)
        : file_(file, std::ios::binary), facts_(facts) {}

    void add(const Packet& packet);
    /// In the order in which they lie in the file.
    const std::vector<Change>& found() const { return found_; }

private:
    std::string header_at(std::int64_t byte, const std::string& codec);

    std::ifstream file_;
    const footage::Facts facts_;
    std::string picture_, sound_;  ///< the last headers seen
    std::vector<Change> found_;
};

}  // namespace dadcam::measure
