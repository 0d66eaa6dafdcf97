#pragma once

#include <cstdint>
#include <libdadcam/measure/changes.hpp>
#include <libdadcam/measure/packets.hpp>
#include <map>
#include <optional>
#include <vector>

namespace dadcam::measure {

/// What the sound of one region does, packet by packet. Pure.
class SoundReader {
public:
    explicit SoundReader(double tick_us) : tick_us_(tick_us) {}

    void add(const Packet& packet);

    /// Where one stream ends and another goes on, between these two times in ticks: a recorder that changes from one
    /// kind to another while its clock runs on gives the new one a number of its own. The clip's own stream is heard
    /// wherever it is there, else the first one to go on. Ascending.
    std::vector<Change> takeovers(int own_stream, std::int64_t begin, std::int64_t end) const;

    /// When the last of all streams ends, in ticks; nothing without sound.
    std::optional<std::int64_t> end() const;

    /// Whether its times jump a little, now and then: recordings that were put together, the last frame of the one over
    /// the first of the other. Jumps that never end are a clock that shivers.
    bool is_spliced() const;

private:
    /// A stretch of one stream without a pause.
    struct Run {
        int stream = 0;
        std::int64_t first = 0;  ///< in ticks, as its end
        std::int64_t end = 0;
        std::int64_t byte = 0;  ///< where it begins
        std::int64_t last_byte = 0;
        std::int64_t splices = 0;
    };
    std::int64_t ticks(double us) const;
    bool is_beside(int own_stream, const Run& run) const;
    const Run* next(int own_stream, std::int64_t time) const;

    double tick_us_;
    std::vector<Run> runs_;
    std::map<int, std::size_t> current_;  ///< by the stream's index
};

}  // namespace dadcam::measure
