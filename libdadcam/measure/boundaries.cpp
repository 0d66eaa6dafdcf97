#include <algorithm>
#include <libdadcam/measure/boundaries.hpp>

namespace dadcam::measure {
namespace {

/// The last of the pictures that follow a key picture and are shown before it; itself, if none does.
std::size_t last_leading(std::span<const Step> steps, std::size_t key) {
    auto last = key;
    while (last + 1 < steps.size() && steps[last + 1].pts < steps[key].pts) ++last;
    return last;
}

}  // namespace

Boundaries boundaries_of(std::span<const Step> steps, bool leaves_out_leading) {
    std::vector<std::int64_t> earliest(steps.size());  // of what is decoded from there on
    for (auto at = steps.size(); at-- > 0;)
        earliest[at] = at + 1 < steps.size() ? std::min(steps[at].pts, earliest[at + 1]) : steps[at].pts;
    Boundaries found;
    std::int64_t latest = 0;  // of what is decoded before
    for (std::size_t at = 0; at < steps.size(); ++at) {
        const auto& step = steps[at];
        if (at == 0) {
            found.entries.push_back({earliest[at], step.dts});
            latest = step.pts;
            continue;
        }
        if (latest < earliest[at]) {
            found.exits.push_back({earliest[at], steps[at - 1].dts});
            if (step.is_key && leaves_out_leading)
                found.entries.push_back({step.pts, steps[last_leading(steps, at)].dts});
            else if (step.is_key)
                found.entries.push_back({earliest[at], step.dts});
        }
        latest = std::max(latest, step.pts);
    }
    return found;
}

}  // namespace dadcam::measure
