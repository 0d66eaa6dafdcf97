#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <libdadcam/footage/facts.hpp>
#include <libdadcam/measure/headers.hpp>
#include <libdadcam/measure/packets.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dadcam::measure {

/// Where a stream's header is another one than before.
struct Change {
    Kind kind = Kind::picture;
    std::int64_t time = 0;   ///< of the first packet of the new kind, in ticks
    std::int64_t byte = 0;   ///< where that begins
    std::int64_t ended = 0;  ///< of pictures: when the last one before it had been shown, in ticks
    std::int64_t alone =
        0;  ///< from where on there is nothing more of the old kind: two streams may overlap in the file
    std::int64_t left = 0;  ///< where the last of the old kind ends
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
    /// Of the last packet that was added; see pictures_to_recover().
    int to_recover() const { return to_recover_; }

private:
    void look_at(const Packet& packet);
    std::string_view bytes_at(std::int64_t byte);

    std::ifstream file_;
    const footage::Facts facts_;
    std::array<char, kHeaderBytes> bytes_{};
    std::string picture_, sound_;  ///< the last headers seen
    char first_field_ = 0;         ///< the last one seen
    int to_recover_ = 0;
    std::optional<std::int64_t> shown_until_;
    std::vector<Change> found_;
};

}  // namespace dadcam::measure
