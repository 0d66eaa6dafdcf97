#include <fmt/format.h>

#include <libdadcam/render/holes.hpp>

namespace dadcam::render {
namespace {

constexpr std::size_t kMostTold = 20;

/// As a player shows it: "0:12.3", "1:02:03.4".
std::string place(std::int64_t us) {
    constexpr std::int64_t kTenth = 100'000, kTenths = 10, kSixty = 60;
    const auto tenths = (us + kTenth / 2) / kTenth, seconds = tenths / kTenths, minutes = seconds / kSixty;
    const auto rest = fmt::format("{:02}.{}", seconds % kSixty, tenths % kTenths);
    if (minutes < kSixty) return fmt::format("{}:{}", minutes, rest);
    return fmt::format("{}:{:02}:{}", minutes / kSixty, minutes % kSixty, rest);
}

}  // namespace

std::vector<std::string> holes_in(const Snapshot& snapshot, const Plan& plan) {
    std::vector<std::string> sentences;
    std::size_t more = 0;
    for (const auto& item : plan.items) {
        const auto* span = timeline::span_of(item.source, snapshot.inputs);
        if (span == nullptr) continue;
        for (const auto& hole : span->holes) {
            if (hole.at_us >= item.source.length_us) continue;
            if (sentences.size() == kMostTold) {
                ++more;
                continue;
            }
            const auto at = item.source.since_us + hole.at_us;
            sentences.push_back(fmt::format("No picture was recorded from {} to {} of {}: the one before stands still.",
                                            place(at), place(at + hole.us),
                                            timeline::name_of(item.source, snapshot.inputs)));
        }
    }
    if (more > 0) sentences.push_back(fmt::format("Nor at {} more places.", more));
    return sentences;
}

}  // namespace dadcam::render
