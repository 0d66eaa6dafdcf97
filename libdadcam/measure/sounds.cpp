#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <libdadcam/measure/sounds.hpp>
#include <tuple>

namespace dadcam::measure {
namespace {

constexpr double kPause = 0.5e6;         // microseconds: less is no pause
constexpr double kSplice = 2e3;          // microseconds: less is a time in whole milliseconds
constexpr double kSpliceEach = 1e6;      // microseconds: more splices than one in that time are none
constexpr std::size_t kMostRuns = 1000;  // more is noise, not a recording

/// A frame of sound ends no farther behind the place where it begins: what lies between is pictures.
constexpr std::int64_t kLongestFrame = 4 << 20;

}  // namespace

std::int64_t SoundReader::ticks(double us) const {
    return std::llround(us / tick_us_);
}

void SoundReader::add(const Packet& packet) {
    const auto time = packet.time();
    if (packet.kind != Kind::sound || !time || !packet.byte) return;
    const auto end = *time + packet.duration.value_or(0);
    const auto found = current_.find(packet.stream);
    if (found != current_.end() && *time <= runs_[found->second].end + ticks(kPause)) {
        auto& run = runs_[found->second];
        if (std::abs(*time - run.end) > ticks(kSplice)) ++run.splices;
        run.end = std::max(run.end, end);
        run.last_byte = *packet.byte;
    } else if (runs_.size() < kMostRuns) {
        current_[packet.stream] = runs_.size();
        runs_.push_back({packet.stream, *time, end, *packet.byte, *packet.byte});
    }
}

std::optional<std::int64_t> SoundReader::end() const {
    std::optional<std::int64_t> end;
    for (const auto& run : runs_) end = std::max(end.value_or(run.end), run.end);
    return end;
}

bool SoundReader::is_spliced() const {
    std::int64_t splices = 0, length = 0;
    for (const auto& run : runs_) {
        splices += run.splices;
        length += run.end - run.first;
    }
    return splices > 0 && splices <= 1 + length / ticks(kSpliceEach);
}

/// Sound that runs beside the clip's own is another language, and does not fill its pauses.
bool SoundReader::is_beside(int own_stream, const Run& run) const {
    return run.stream != own_stream && std::any_of(runs_.begin(), runs_.end(), [&](const Run& own) {
               return own.stream == own_stream &&
                      std::min(own.end, run.end) - std::max(own.first, run.first) > ticks(kPause);
           });
}

/// What is heard at a time, or is the next to be heard.
const SoundReader::Run* SoundReader::next(int own_stream, std::int64_t time) const {
    const Run* best = nullptr;
    const auto rank = [&](const Run& run) {
        return std::tuple(run.first <= time + ticks(kPause) ? time : run.first, run.stream != own_stream, run.stream);
    };
    for (const auto& run : runs_) {
        if (run.end <= time + ticks(kPause) || is_beside(own_stream, run)) continue;
        if (best == nullptr || rank(run) < rank(*best)) best = &run;
    }
    return best;
}

std::vector<Change> SoundReader::takeovers(int own_stream, std::int64_t begin, std::int64_t end) const {
    std::vector<Change> changes;
    const Run* last = nullptr;
    for (auto time = begin; time < end - ticks(kPause);) {
        const auto* run = next(own_stream, time);
        if (run == nullptr || run->first >= end) break;
        if (last != nullptr && run->stream != last->stream) {
            const auto since = std::max(run->first, time);
            changes.push_back({Kind::sound, since, run->byte, since, std::max(run->byte, last->last_byte + 1),
                               std::max(run->byte, last->last_byte + kLongestFrame)});
        }
        time = run->end;
        last = run;
    }
    return changes;
}

}  // namespace dadcam::measure
