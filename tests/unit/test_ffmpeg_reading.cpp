#include <doctest/doctest.h>

#include <libdadcam/ffmpeg/reading.hpp>
#include <tests/support/clips.hpp>

using namespace dadcam;
using namespace dadcam::ffmpeg;

TEST_CASE("no piece has fewer frames or samples than its fade: all rates, all lengths of 2 to 200 frames") {
    // What is not so is counted, not checked one by one: these are millions.
    int shorter_than_fade = 0, wrong_sum = 0, fades = 0;
    for (const Rational rate : {Rational{24000, 1001},
                                {24, 1},
                                {25, 1},
                                {30000, 1001},
                                {30, 1},
                                {50, 1},
                                {60000, 1001},
                                {60, 1},
                                {12, 1},
                                {15, 1}}) {
        const timeline::FilmFormat format{{64, 48}, rate};
        const auto preset = recipe::find_preset("share");
        for (const int fade_ms : {100, 600, 1600}) {
            recipe::Recipe recipe;
            recipe.transition = recipe::Transition::crossfade;
            recipe.transition_ms = fade_ms;
            for (std::int64_t frames = 2; frames <= 200; ++frames) {
                // Beside clips of other lengths, so that the fade begins on each fraction of a sample.
                std::vector<footage::Clip> clips;
                for (const auto length :
                     {frames, frames + 1, frames, std::int64_t{37}, frames, std::int64_t{2}, frames})
                    clips.push_back(test::clip_of("a", static_cast<double>(length) / rate.value()));
                const auto items = timeline::lay_out(recipe, clips, rate);
                const Film film{clips, items, format, preset};
                Frames all_frames;
                Samples all_samples;
                for (const auto& segment : timeline::cut(items, clips, rate)) {
                    Samples own;
                    for (const auto& piece : segment.pieces) {
                        const auto readings = readings_of(film, piece);
                        const auto& shown = readings.back();
                        all_frames += shown.window.frames;
                        own += shown.samples.samples;
                        if (readings.size() == 1) continue;
                        ++fades;
                        const auto& before = readings.front();
                        if (before.window.frames > shown.window.frames || before.window.frames < Frames{1} ||
                            before.samples.samples > shown.samples.samples)
                            ++shorter_than_fade;
                    }
                    if (own != timeline::samples_of(items, segment, rate)) ++wrong_sum;
                    all_samples += own;
                }
                if (all_frames != timeline::total_frames(items)) ++wrong_sum;
                if (all_samples != timeline::total_samples(items, rate)) ++wrong_sum;
            }
        }
    }
    CHECK(shorter_than_fade == 0);
    CHECK(wrong_sum == 0);
    CHECK(fades > 20'000);
}

TEST_CASE("a faded segment's key is the same wherever its clips lie on the film") {
    for (const Rational rate : {Rational{24000, 1001}, {25, 1}, {30000, 1001}, {60000, 1001}}) {
        const timeline::FilmFormat format{{64, 48}, rate};
        const auto preset = recipe::find_preset("share");
        recipe::Recipe recipe;
        recipe.transition = recipe::Transition::crossfade;
        recipe.transition_ms = 600;
        const auto keys_behind = [&](std::int64_t before) {
            std::vector<footage::Clip> clips;
            for (const auto length :
                 {before, std::int64_t{800}, std::int64_t{801}, std::int64_t{802}, std::int64_t{803}})
                clips.push_back(
                    test::clip_of("a" + std::to_string(length), static_cast<double>(length) / rate.value()));
            const auto items = timeline::lay_out(recipe, clips, rate);
            const Film film{clips, items, format, preset};
            std::vector<std::string> keys;
            for (const auto& segment : timeline::cut(items, clips, rate)) {
                const bool is_behind = segment.pieces.front().item >= 3;
                if (is_behind) keys.push_back(segment_key(film, segment, "ffmpeg 5.1"));
            }
            return keys;
        };
        const auto keys = keys_behind(700);
        REQUIRE(!keys.empty());
        for (std::int64_t before = 701; before < 720; ++before) CHECK(keys_behind(before) == keys);
    }
}

TEST_CASE("a clock of 33 bits is counted as ffmpeg counts it, wherever it is entered") {
    constexpr std::int64_t kWrap = std::int64_t{1} << 33, kSecond = 90'000, kMinute = 60 * kSecond;
    CHECK(clock_shift(0, kMinute) == 0);
    CHECK(clock_shift(3600 * kSecond, kMinute) == 0);
    CHECK(clock_shift(kWrap - kMinute - 1, kMinute) == 0);
    // In the last minute, and counted on beyond the end.
    CHECK(clock_shift(kWrap - kMinute, kMinute) == -kWrap);
    CHECK(clock_shift(kWrap + 5 * kSecond, kMinute) == -kWrap);
    // Counted from before the end as negative.
    CHECK(clock_shift(-5 * kSecond, kMinute) == 0);
}
