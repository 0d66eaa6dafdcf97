#include <doctest/doctest.h>

#include <tests/support/packets.hpp>

namespace dadcam::measure {

using test::packets_in;

TEST_CASE("packets are read as ffprobe lists them, in whatever chunks they come") {
    constexpr std::string_view kText =
        "video|0|48600|45000|3600|2467|32|K_\n"
        "\n"
        "audio|1|47698|47698|2160|1152|N/A|K_|\n"
        "video|0|N/A|48600|N/A|95|N/A|__";
    const std::vector<Packet> expected{{Kind::picture, 0, 48600, 45000, 3600, 2467, 32, true},
                                       {Kind::sound, 1, 47698, 47698, 2160, 1152, {}, true},
                                       {Kind::picture, 0, {}, 48600, {}, 95, {}, false}};
    for (std::size_t chunk = 1; chunk < kText.size(); ++chunk) CHECK(packets_in(kText, chunk) == expected);
}

TEST_CASE("what is no packet is passed over, and no line is kept longer than it needs") {
    CHECK(packets_in("video|0|1\nnonsense\n||||||||\nvideo|-1|1|1|1|1|1|K_\n", 7).empty());
    CHECK(packets_in("video|99999999999999999999|1|1|1|1|1|K_\n", 7).empty());
    CHECK(packets_in(std::string(1 << 20, 'x') + "\nvideo|0|1|1|1|1|1|K_\n", 4096).size() == 1);
    const auto far = packets_in("video|0|9223372036854775807|-9223372036854775808|1|1|1|K_\n", 100);
    REQUIRE(far.size() == 1);
    CHECK_FALSE(far[0].pts);
    CHECK_FALSE(far[0].dts);
}

}  // namespace dadcam::measure
