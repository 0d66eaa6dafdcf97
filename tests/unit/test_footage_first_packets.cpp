#include <doctest/doctest.h>

#include <libdadcam/footage/first_packets.hpp>
#include <nlohmann/json.hpp>

using namespace dadcam;
using namespace dadcam::footage;

namespace {

using Json = nlohmann::json;

/// As ffprobe lists them, among the sound's.
std::vector<FirstPicture> pictures_of(const std::vector<Json>& packets) {
    Json document{{"packets", Json::array()}};
    for (const auto& packet : packets) {
        document["packets"].push_back(packet);
        document["packets"].back()["stream_index"] = 0;
        document["packets"].push_back({{"stream_index", 1}, {"pts", -9}, {"flags", "K_"}, {"size", "90000"}});
    }
    return first_pictures(document, 0);
}

std::vector<FirstPicture> timed(const std::vector<std::pair<std::int64_t, const char*>>& pictures) {
    std::vector<Json> packets;
    for (const auto& [pts, flags] : pictures) packets.push_back({{"pts", pts}, {"flags", flags}});
    return pictures_of(packets);
}

}  // namespace

TEST_CASE("pictures that follow the first one in a file and are shown before it are found") {
    const auto leading = [](const auto& pictures) { return leading_in(timed(pictures), {1, 30'000}); };
    using Pictures = std::vector<std::pair<std::int64_t, const char*>>;
    CHECK(leading(Pictures{{900, "K__"}, {3900, "___"}, {1900, "___"}}) == std::nullopt);
    CHECK(leading(Pictures{{2900, "K__"}, {900, "___"}, {1900, "___"}, {5900, "K__"}}) == Leading{2900, 900});
    CHECK(leading(Pictures{{2900, "K__"}, {3900, "K__"}, {900, "___"}}) == std::nullopt);  // of the next key picture
    CHECK(leading(Pictures{{-2000, "KD_"}, {-3000, "_D_"}, {900, "K__"}, {1900, "___"}}) == std::nullopt);  // hidden
    CHECK(leading(Pictures{{900, "K__"}, {-9000000000000000000, "___"}}) == std::nullopt);
    CHECK(leading(Pictures{{900, "___"}, {800, "___"}}) == std::nullopt);
}

TEST_CASE("what does not list packets as it should lists no pictures") {
    CHECK(first_pictures(Json::object(), 0).empty());
    CHECK(first_pictures({{"packets", 3}}, 0).empty());
    CHECK(first_pictures({{"packets", {{{"pts", 3}}}}}, 0).empty());
    CHECK_FALSE(pictures_of({Json::object()}).front().pts);
}

TEST_CASE(
    "a first picture that the container does not call a key picture, or that is called one as all are, is doubted") {
    const auto is_doubted = [&](const std::vector<const char*>& pictures, const char* codec) {
        std::vector<Json> packets;
        for (const auto* flags : pictures) packets.push_back({{"flags", flags}, {"pos", "48"}, {"size", "9000"}});
        const auto found = pictures_of(packets);
        if (!found.empty()) CHECK(found.front().bytes == Bytes{48, 9000});
        return is_begin_doubtful(found, codec);
    };
    CHECK(!is_doubted({"K_", "__", "K_"}, "hevc"));
    CHECK(is_doubted({"__", "__"}, "hevc"));
    CHECK(is_doubted({"K_", "K_", "K_"}, "mpeg4"));
    CHECK(is_doubted({"K_"}, "vp9"));  // nothing to compare it with
    CHECK(is_doubted({}, "mpeg2video"));
    CHECK(!is_doubted({"K_", "K_"}, "mjpeg"));
    CHECK(!is_doubted({"KD", "__"}, "hevc"));
    CHECK(is_doubted({"K_", "__"}, "h264"));  // until it is looked at: a recovery point is called one, too
    CHECK(is_doubted({"KD", "__"}, "h264"));
}

TEST_CASE("a clip begins with its first picture, where ffprobe takes a later one for it, or a time before all") {
    const auto start = [](const auto& pictures) { return true_start(timed(pictures), 20'000); };
    using Pictures = std::vector<std::pair<std::int64_t, const char*>>;
    CHECK(start(Pictures{{0, "K_"}, {8'000, "__"}, {4'000, "__"}, {20'000, "__"}}) == 0);
    CHECK_FALSE(start(Pictures{{0, "KD"}, {8'000, "_D"}, {20'000, "K_"}, {24'000, "__"}}));
    CHECK_FALSE(start(Pictures{{0, "K_"}, {8'000, "__"}}));  // nothing is known of one at 20 s
    CHECK_FALSE(start(Pictures{{24'000, "K_"}, {20'000, "__"}, {22'000, "__"}}));
    CHECK_FALSE(start(Pictures{{24'000, "K_"}, {16'000, "__"}}));
    CHECK(start(Pictures{{24'000, "K_"}, {22'000, "__"}, {26'000, "__"}}) == 22'000);
    CHECK_FALSE(start(Pictures{}));
    CHECK_FALSE(true_start(pictures_of({{{"pts", 30'000}}, {{"flags", "__"}}}), 20'000));
}

TEST_CASE("pictures that are said to be too short, or nothing of whose length is said, make the last one doubtful") {
    const auto is_doubted = [](const std::vector<int>& durations) {  // in ticks of 1/600; 30 pictures a second
        std::vector<Json> packets;
        for (const auto duration : durations) {
            packets.push_back({{"flags", "K_"}, {"pts", 0}});
            if (duration >= 0) packets.back()["duration"] = duration;
        }
        CHECK_FALSE(is_any_short(pictures_of(packets), {0, 1}, {1, 600}));
        return is_any_short(pictures_of(packets), {30, 1}, {1, 600});
    };
    CHECK_FALSE(is_doubted({}));
    CHECK_FALSE(is_doubted({20, 20, 21}));
    CHECK_FALSE(is_doubted({10, 400}));
    CHECK(is_doubted({20, 9}));
    CHECK(is_doubted({-1, -1}));
}
