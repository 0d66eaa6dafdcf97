#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What only reading a clip tells: where its clock jumps, how long it is, where it can be entered.
namespace dadcam::measure {

enum class Kind { picture, sound, other };

/// A packet as a demuxer hands it on. Times in the stream's time base.
struct Packet {
    Kind kind = Kind::other;
    int stream = 0;
    std::optional<std::int64_t> pts;
    std::optional<std::int64_t> dts;
    std::optional<std::int64_t> duration;
    std::int64_t size = 0;
    std::optional<std::int64_t> byte;  ///< where in the input it begins
    bool key = false;
    bool discarded = false;  ///< it is decoded, but not shown: an edit list begins behind it
    /// When it is shown; where that is not said, when it is decoded.
    std::optional<std::int64_t> time() const { return pts ? pts : dts; }
    /// The same of an input that begins so many bytes later.
    Packet moved(std::int64_t bytes) const {
        auto packet = *this;
        if (packet.byte) *packet.byte += bytes;
        return packet;
    }
    bool operator==(const Packet&) const = default;
};

/// The words that make ffprobe list packets so that PacketReader can read them.
std::vector<std::string> packet_words();

/// Reads ffprobe's list as it comes, in any chunks. What is no packet is passed over. Memory does not grow with the
/// list. Pure.
class PacketReader {
public:
    explicit PacketReader(std::function<void(const Packet&)> on_packet) : on_packet_(std::move(on_packet)) {}
    void feed(std::string_view bytes);
    /// The last line may lack its end.
    void finish();

private:
    void read_line();

    static constexpr std::size_t kLongestLine = 512;
    std::function<void(const Packet&)> on_packet_;
    std::string line_;
};

}  // namespace dadcam::measure
