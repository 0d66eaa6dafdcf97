#include <algorithm>
#include <libdadcam/sound/voice.hpp>

namespace dadcam::sound {

std::vector<Voice> voices_of(std::span<const timeline::Item> items, Rational rate) {
    std::vector<Voice> voices;
    for (std::size_t index = 0; index < items.size(); ++index) {
        const auto& item = items[index];
        if (timeline::goes_on(item.source)) continue;
        Samples fade;
        if (item.fade_in.count > 0) {
            // The sound of the pictures that fade out; it is no longer than its own: see ffmpeg's readings_of().
            const auto& before = items[index - 1];
            const auto faded = timeline::sample_within(items, index - 1, before.frames, rate) -
                               timeline::sample_within(items, index - 1, before.frames - item.fade_in, rate);
            fade = std::min(faded, timeline::sample_within(items, index, item.frames, rate));
        }
        voices.push_back({item.first_sample, item.first_sample + fade, index});
    }
    return voices;
}

}  // namespace dadcam::sound
