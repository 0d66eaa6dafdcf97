// A film's sound is encoded in parts: where two of them meet, it is as near to the original as if one encoder had made
// all of it.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <libdadcam/ffmpeg/arguments.hpp>
#include <libdadcam/process/input.hpp>
#include <libdadcam/recipe/preset.hpp>
#include <libdadcam/render/soundtrack.hpp>
#include <random>
#include <tests/film/decode.hpp>
#include <tests/film/studio.hpp>
#include <tests/support/movie.hpp>
#include <tests/support/scripts.hpp>

using namespace dadcam;
namespace fs = std::filesystem;

namespace {

using Sound = std::vector<std::int16_t>;

constexpr std::int64_t kLength = 14 * kSampleRate;
constexpr std::int64_t kPacket = ffmpeg::kPacketSamples.count;
constexpr std::int64_t kManyParts = 50;  // packets of one at the most

Sound stereo(const std::function<double(std::int64_t)>& left, const std::function<double(std::int64_t)>& right) {
    const auto sample = [](double value) { return static_cast<std::int16_t>(std::clamp(value, -1.0, 1.0) * 32'767); };
    Sound sound;
    for (std::int64_t i = 0; i < kLength; ++i) {
        sound.push_back(sample(left(i)));
        sound.push_back(sample(right(i)));
    }
    return sound;
}

/// A chord, of which an encoder leaves little out: what does not fit stands out.
Sound chord() {
    const auto play = [](std::int64_t i) {
        double sum = 0, level = 0.2;
        for (const double hertz : {220.0, 331.0, 447.0, 1203.0}) {
            sum += level * std::sin(2 * M_PI * hertz * static_cast<double>(i) / kSampleRate);
            level *= 0.6;
        }
        return sum * (0.6 + 0.4 * std::sin(2 * M_PI * 3 * static_cast<double>(i) / kSampleRate));
    };
    return stereo(play, [&](std::int64_t i) { return play(i) * 0.7; });
}

/// Attacks at odd places, for which an encoder changes its windows; many of them where parts meet.
Sound clicks() {
    std::mt19937 chance(5);
    std::vector<double> made(kLength);
    const auto click = [&](std::int64_t at) {
        const double level = 0.2 + 0.7 * static_cast<double>(chance() % 1000) / 1000;
        for (std::int64_t i = at; i < std::min(kLength, at + 300); ++i) {
            const double noise = static_cast<double>(chance() % 2000) / 1000 - 1;
            made[static_cast<std::size_t>(i)] += level * noise * std::exp(-static_cast<double>(i - at) / 50);
        }
    };
    for (std::int64_t at = 0; at < kLength; at += 100 + static_cast<std::int64_t>(chance() % 4000)) click(at);
    for (const auto& part : ffmpeg::cut_sound({kLength}, kManyParts)) {
        click(part.from.count + part.skipped * kPacket + static_cast<std::int64_t>(chance() % 3000));
    }
    const auto play = [&](std::int64_t i) {
        return made[static_cast<std::size_t>(i)] + 0.1 * std::sin(static_cast<double>(i) * 0.05);
    };
    return stereo(play, [&](std::int64_t i) { return play(std::max<std::int64_t>(0, i - 700)); });
}

Sound noise() {
    std::mt19937 chance(7);
    const auto play = [&](std::int64_t) { return 0.4 * (static_cast<double>(chance() % 2000) / 1000 - 1); };
    return stereo(play, play);
}

/// Encodes as an export does, in parts of so many packets, and decodes.
Sound encoded(const Sound& sound, std::int64_t most_packets) {
    const test::TemporaryFolder folder;
    std::string bytes(sound.size() * sizeof(std::int16_t), '\0');
    std::copy_n(reinterpret_cast<const char*>(sound.data()), bytes.size(), bytes.data());
    test::write_file(folder / "segment.mov", test::movie(1, bytes));
    const auto& preset = recipe::find_preset("share");
    const auto encoding_to = [&](const fs::path& file) {
        render::Encoding encoding;
        encoding.command.program = test::quick_tool("ffmpeg");
        encoding.command.arguments = ffmpeg::sound_arguments({{}, {}, {}, preset}, process::as_input(file));
        return encoding;
    };
    const process::Stop stop;
    const auto film = folder / "film.aac";
    render::Encoding join;
    join.command.program = test::write_script(folder / "join", "cat > \"$1\"");
    join.command.arguments = {film.string()};
    join.stall_timeout = std::chrono::minutes{10};  // it waits for all of the sound, on a machine with more to do
    render::Soundtrack track({{{folder / "segment.mov", {kLength}}},
                              ffmpeg::cut_sound({kLength}, most_packets),
                              folder / "",
                              encoding_to,
                              2},
                             stop);
    track.there(0);
    REQUIRE(render::encode_fed(
                join, [&](render::Sink& sink) { return track.pour(sink); }, {}, stop)
                .success());
    return test::samples(film);
}

/// How far the packets on both sides of a place are from the original, whose beginning lies one packet in.
double error_at(const Sound& found, const Sound& original, std::int64_t packet) {
    double sum = 1;
    for (auto i = static_cast<std::size_t>(2 * (packet - 2) * kPacket);
         i < static_cast<std::size_t>(2 * packet * kPacket); ++i) {
        const double error = found[i + 2 * kPacket] - original[i];
        sum += error * error;
    }
    return std::sqrt(sum / static_cast<double>(4 * kPacket));
}

void check_seams(const Sound& original) {
    const auto whole = encoded(original, ffmpeg::kMostPartPackets), cut = encoded(original, kManyParts);
    REQUIRE(cut.size() == whole.size());
    const auto parts = ffmpeg::cut_sound({kLength}, kManyParts);
    REQUIRE(parts.size() == 16);
    double sum = 0;
    for (std::size_t part = 1; part < parts.size(); ++part) {
        const auto packet = parts[part].from.count / kPacket + parts[part].skipped;
        CAPTURE(packet);
        const double ratio = error_at(cut, original, packet) / error_at(whole, original, packet);
        CHECK(ratio < 1.5);
        sum += ratio;
    }
    const double mean = sum / static_cast<double>(parts.size() - 1);
    MESSAGE("error where parts meet, against that of one encoder: " << mean);
    CHECK(mean < 1.05);
}

}  // namespace

TEST_SUITE_BEGIN("sound_parts");

TEST_CASE("a chord goes on where one part of the sound ends and the next one begins") {
    check_seams(chord());
}

TEST_CASE("clicks near the place where two parts of the sound meet are the encoder's own") {
    check_seams(clicks());
}

TEST_CASE("noise goes on where two parts of the sound meet") {
    check_seams(noise());
}

TEST_CASE("the film is the same however many encoders make the parts of its sound, and in step to its end") {
    test::Studio studio;
    constexpr int kSeconds = 160;  // two parts
    REQUIRE(ffmpeg::cut_sound({kSeconds * kSampleRate}).size() == 2);
    studio.clip("long.mov", {"-f", "lavfi", "-i", fmt::format("color=s=32x32:r=10:d={}", kSeconds), "-f", "lavfi", "-i",
                             fmt::format("aevalsrc=.5*sin(2*PI*(200+t)*t)|.3*sin(2*PI*330*t):s=48000:d={}", kSeconds),
                             "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-c:a", "pcm_s16le"});
    studio.take_in();
    const auto film = studio / "film.mp4", other = studio / "other.mp4";
    fs::rename(studio.film({"--fps", "10", "--loudness", "off"}, {"--jobs", "1"}), film);  // else the other is a copy
    const auto ran = studio.must({"export", "Film 1", "--jobs", "5", "--json", "-o", other.string()});
    const auto made = test::json_lines(ran).back();
    CHECK(made["segmentsReused"] == made["segmentsTotal"]);  // their sound is encoded again
    CHECK(test::read_file(other) == test::read_file(film));
    const auto sound = test::left_samples(film), original = test::left_samples(studio.library / "long.mov");
    REQUIRE(sound.size() == original.size());
    double error = 0, power = 0;
    for (auto i = sound.size() - kSampleRate; i < sound.size(); ++i) {
        error += std::pow(sound[i] - original[i], 2);
        power += std::pow(original[i], 2);
    }
    CHECK(error < power / 1000);  // 30 dB
}

TEST_SUITE_END();
