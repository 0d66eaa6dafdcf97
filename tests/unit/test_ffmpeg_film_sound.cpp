#include <doctest/doctest.h>

#include <libdadcam/ffmpeg/film_sound.hpp>
#include <tests/support/adts.hpp>

using namespace dadcam;
using namespace dadcam::ffmpeg;

namespace {

constexpr std::int64_t kMinute = 60 * kSampleRate;

}  // namespace

TEST_CASE("a film of two minutes has its sound encoded in one part") {
    for (const std::int64_t samples : std::initializer_list<std::int64_t>{1, 1023, 1024, 1025, 2 * kMinute}) {
        CAPTURE(samples);
        CHECK(cut_sound({samples}) == std::vector<SoundPart>{{{}, {samples}, 0, sound_packets({samples})}});
    }
}

TEST_CASE("an encoder makes a packet for each 1024 samples that are begun, and one before them") {
    CHECK(sound_packets({1}) == 2);
    CHECK(sound_packets({1024}) == 2);
    CHECK(sound_packets({1025}) == 3);
}

TEST_CASE("the parts of a film's sound have each of its packets once, and none is longer than 150 seconds") {
    for (const std::int64_t samples : {3 * kMinute, 5 * kMinute + 1, 60 * kMinute + 511, 100 * 60 * kMinute}) {
        CAPTURE(samples);
        std::int64_t first = 0;
        for (const auto& part : cut_sound({samples})) {
            REQUIRE(part.from.count % kPacketSamples.count == 0);
            REQUIRE(part.from.count / kPacketSamples.count + part.skipped == first);
            REQUIRE(part.kept > 0);
            REQUIRE(part.kept <= kMostPartPackets);
            REQUIRE(part.skipped + part.kept <= part.encoded());
            first += part.kept;
        }
        CHECK(first == sound_packets({samples}));
    }
}

TEST_CASE("a part of a film's sound begins 768 packets early and ends four late, where there are so many") {
    const auto parts = cut_sound({7 * kMinute});
    REQUIRE(parts.size() == 4);
    CHECK(parts[0].skipped == 0);
    CHECK(parts[0].encoded() == parts[0].kept + 4 + 1);
    for (const std::size_t middle : {1U, 2U}) {
        CHECK(parts[middle].skipped == 768);
        CHECK(parts[middle].encoded() == 768 + parts[middle].kept + 4 + 1);
    }
    CHECK(parts[3].from + parts[3].samples == Samples{7 * kMinute});
    CHECK(parts[3].encoded() == 768 + parts[3].kept);
}

TEST_CASE("a packet of ADTS says how long it is, and what is none says nothing") {
    const auto packet = test::adts_packet(std::string(1000, 'x'));
    CHECK(adts_packet_bytes(packet) == 1007);
    CHECK_FALSE(adts_packet_bytes(packet.substr(0, 6)));
    CHECK_FALSE(adts_packet_bytes(test::adts_packet("")));
    CHECK_FALSE(adts_packet_bytes("ID3\4......"));
}
