#include <doctest/doctest.h>

#include <libdadcam/footage/probe.hpp>
#include <nlohmann/json.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/scripts.hpp>

using namespace dadcam;
using namespace dadcam::footage;

namespace {

/// As ffprobe 5.1 answers about a phone's clip; numbers that ffprobe writes as text are text.
nlohmann::json phone() {
    return nlohmann::json::parse(R"({
      "streams": [
        {"index": 0, "codec_name": "h264", "codec_type": "video", "width": 1920, "height": 1080,
         "sample_aspect_ratio": "1:1", "pix_fmt": "yuv420p", "color_range": "tv", "color_space": "bt709",
         "color_transfer": "bt709", "color_primaries": "bt709", "field_order": "progressive",
         "r_frame_rate": "30/1", "avg_frame_rate": "30000/1001", "time_base": "1/30000", "start_pts": 900,
         "start_time": "0.030000", "duration": "12.345678",
         "disposition": {"default": 1, "attached_pic": 0}},
        {"index": 1, "codec_name": "aac", "codec_type": "audio", "sample_rate": "48000", "channels": 2,
         "start_time": "0.010000", "disposition": {"default": 1}}],
      "format": {"format_name": "mov,mp4,m4a,3gp,3g2,mj2", "start_time": "0.010000", "duration": "12.400000",
                 "tags": {"creation_time": "2019-07-14T18:30:12.000000Z"}}})");
}

Facts read(const nlohmann::json& json) {
    return read_probe(json.dump());
}

std::string reason_of(const nlohmann::json& json) {
    const auto error = test::error_of([&] { read(json); });
    CHECK(error.category() == Category::input_not_found);
    return error.message();
}

/// The phone's clip with one field of its picture changed; null takes it away.
nlohmann::json with(const char* field, const nlohmann::json& value) {
    auto json = phone();
    if (value.is_null())
        json["streams"][0].erase(field);
    else
        json["streams"][0][field] = value;
    return json;
}

nlohmann::json turned(const nlohmann::json& degrees) {
    return with("side_data_list",
                nlohmann::json::array({{{"side_data_type", "Display Matrix"}, {"rotation", degrees}}}));
}

nlohmann::json stream(int index, const char* type, const char* codec, bool by_default) {
    auto json = phone()["streams"][type == std::string("video") ? 0 : 1];
    json["index"] = index;
    json["codec_name"] = codec;
    json["disposition"] = {{"default", by_default ? 1 : 0}};
    return json;
}

}  // namespace

TEST_CASE("what ffprobe says of a phone's clip is read whole") {
    const auto facts = read(phone());
    CHECK(facts.container == "mov,mp4,m4a,3gp,3g2,mj2");
    CHECK(facts.stream == 0);
    CHECK(facts.codec == "h264");
    CHECK(facts.width == 1920);
    CHECK(facts.height == 1080);
    CHECK(facts.sample_aspect == Rational{1, 1});
    CHECK(facts.rotation == 0);
    CHECK(facts.pixel_format == "yuv420p");
    CHECK(facts.field_order == "progressive");
    CHECK(facts.color_range == "tv");
    CHECK(facts.rate == Rational{30000, 1001});
    CHECK(facts.time_base == Rational{1, 30000});
    CHECK(facts.start_pts == 900);
    CHECK(facts.start_us == 30'000);
    CHECK(facts.container_start_us == 10'000);
    CHECK(facts.duration_us == 12'345'678);
    CHECK(facts.sound == Sound{1, "aac", 48000, 2, 10'000});
    CHECK(facts.creation_time == "2019-07-14T18:30:12.000000Z");
}

TEST_CASE("what ffprobe leaves out is unknown") {
    auto json = phone();
    for (const char* field : {"pix_fmt", "color_range", "color_space", "color_transfer", "color_primaries",
                              "field_order", "sample_aspect_ratio", "start_pts", "start_time", "disposition"})
        json["streams"][0].erase(field);
    json["format"].erase("tags");
    const auto facts = read(json);
    CHECK(facts.pixel_format == "unknown");
    CHECK(facts.color_space == "unknown");
    CHECK(facts.field_order == "unknown");
    CHECK(facts.sample_aspect == Rational{1, 1});
    CHECK(facts.start_us == 0);
    CHECK_FALSE(facts.creation_time);
}

TEST_CASE("a cover picture is no video") {
    auto json = phone();
    auto cover = json["streams"][0];
    cover["disposition"]["attached_pic"] = 1;
    cover["codec_name"] = "mjpeg";
    json["streams"] = nlohmann::json::array({cover, stream(1, "video", "h264", false)});
    CHECK(read(json).stream == 1);
    json["streams"] = nlohmann::json::array({cover});
    CHECK(reason_of(json) == "it has no video stream");
}

TEST_CASE("of several streams the default one is chosen, else the first") {
    auto json = phone();
    json["streams"] = nlohmann::json::array({stream(0, "video", "mpeg4", false), stream(1, "video", "h264", true),
                                             stream(2, "video", "hevc", true), stream(3, "audio", "mp2", false),
                                             stream(4, "audio", "ac3", true)});
    CHECK(read(json).stream == 1);
    CHECK(read(json).sound->stream == 4);
    json["streams"] = nlohmann::json::array({stream(0, "video", "mpeg4", false), stream(1, "video", "h264", false),
                                             stream(2, "audio", "mp2", false), stream(3, "audio", "ac3", false)});
    CHECK(read(json).stream == 0);
    CHECK(read(json).sound->stream == 2);
}

TEST_CASE("a sound that is much shorter than another is not the clip's, and how many there are is kept") {
    auto json = phone();
    const auto lasting = [](nlohmann::json sound, const char* seconds) {
        sound["duration"] = seconds;
        return sound;
    };
    const auto chosen = [&](const nlohmann::json& first, const nlohmann::json& second) {
        json["streams"] = nlohmann::json::array({stream(0, "video", "h264", true), first, second});
        const auto sound = read(json).sound;
        CHECK(sound->tracks == 2);
        return sound->stream;
    };
    const auto first = stream(1, "audio", "mp2", true), second = stream(2, "audio", "ac3", false);
    CHECK(chosen(first, second) == 1);
    CHECK(chosen(lasting(first, "0.020"), lasting(second, "12.3")) == 2);
    CHECK(chosen(lasting(first, "6.0"), lasting(second, "12.3")) == 2);
    CHECK(chosen(lasting(first, "6.2"), lasting(second, "12.3")) == 1);
    CHECK(chosen(lasting(first, "12.2"), lasting(second, "12.3")) == 1);
    auto tagged = second;
    tagged["tags"] = {{"DURATION", "00:00:12.300000000"}};
    CHECK(chosen(lasting(first, "0.020"), tagged) == 2);
    auto silent = first;
    silent["channels"] = 0;
    json["streams"] = nlohmann::json::array({stream(0, "video", "h264", true), lasting(silent, "99"), second});
    CHECK(read(json).sound->stream == 2);
    CHECK(read(json).sound->tracks == 1);
}

TEST_CASE("streams of pictures beside the chosen one are counted, previews are not") {
    auto json = phone();
    CHECK(read(json).tracks == 1);
    const auto of = [](int index, int width, const char* pictures) {
        auto video = stream(index, "video", "h264", true);
        video["width"] = width;
        video["nb_frames"] = pictures;
        return video;
    };
    json["streams"] = nlohmann::json::array({of(0, 1920, "300"), of(1, 1920, "299"), of(2, 480, "300")});
    CHECK(read(json).tracks == 2);
    json["streams"] = nlohmann::json::array({of(0, 1920, "300"), of(1, 1920, "100")});
    CHECK(read(json).tracks == 1);
}

TEST_CASE("a stream that ffmpeg has no name for is passed over") {
    auto json = phone();
    json["streams"] = nlohmann::json::array({stream(0, "video", "unknown", true), stream(1, "video", "h264", false)});
    CHECK(read(json).stream == 1);
}

TEST_CASE("the display matrix counts counter-clockwise, facts clockwise") {
    CHECK(read(turned(-90)).rotation == 90);
    CHECK(read(turned(90)).rotation == 270);
    CHECK(read(turned(180)).rotation == 180);
    CHECK(read(turned(-180)).rotation == 180);
    CHECK(read(turned(270)).rotation == 90);
    CHECK(read(turned(0)).rotation == 0);
    CHECK(read(turned(-90.0)).rotation == 90);
}

TEST_CASE("an odd rotation is the nearest quarter turn, and nonsense none") {
    CHECK(read(turned(-85)).rotation == 90);
    CHECK(read(turned(-30)).rotation == 0);
    CHECK(read(turned(-359)).rotation == 0);
    CHECK(read(turned(3690)).rotation == 270);
    CHECK(read(turned(1e300)).rotation % 90 == 0);
    CHECK(read(turned("90")).rotation == 0);
    CHECK(read(with("side_data_list", "none")).rotation == 0);
    CHECK(read(with("side_data_list", nlohmann::json::array({1, {{"rotation", -90}}}))).rotation == 90);
}

TEST_CASE("standard-definition DV is interlaced, bottom field first, when nothing else is said") {
    auto json = with("codec_name", "dvvideo");
    json["streams"][0]["width"] = 720;
    json["streams"][0]["height"] = 576;
    json["streams"][0].erase("field_order");
    CHECK(read(json).field_order == "bb");
    CHECK(interlaced(read(json)));
    json["streams"][0]["field_order"] = "progressive";
    CHECK(read(json).field_order == "progressive");
    json["streams"][0].erase("field_order");
    json["streams"][0]["width"] = 1440;
    CHECK(read(json).field_order == "unknown");
}

TEST_CASE("Matroska's duration is a tag") {
    auto json = with("duration", nullptr);
    json["streams"][0]["tags"] = {{"DURATION", "00:01:02.003000000"}};
    CHECK(read(json).duration_us == 62'003'000);
}

TEST_CASE("a picture without a duration has the file's") {
    CHECK(read(with("duration", nullptr)).duration_us == 12'400'000);
    CHECK(read(with("duration", "N/A")).duration_us == 12'400'000);
}

TEST_CASE("a duration that is not said, not above zero or not believable is unknown: it has to be measured") {
    const auto lasting = [](const nlohmann::json& value) {
        auto json = with("duration", value);
        json["format"].erase("duration");
        return json;
    };
    CHECK(read(lasting(nullptr)).duration_us == 0);
    CHECK(read(lasting("N/A")).duration_us == 0);
    CHECK(read(lasting("0.000000")).duration_us == 0);
    CHECK(read(lasting("-5")).duration_us == 0);
    CHECK(read(lasting("nan")).duration_us == 0);
    CHECK(read(lasting("1e300")).duration_us == 0);
    auto tagged = lasting(nullptr);
    tagged["streams"][0]["tags"] = {{"DURATION", "0:0:nan"}};
    CHECK(read(tagged).duration_us == 0);
}

TEST_CASE("a start that no clock can say is refused") {
    CHECK(test::contains(reason_of(with("start_time", "1e300")), "cannot be right"));
    CHECK(test::contains(reason_of(with("start_time", "-1e12")), "cannot be right"));
    CHECK(test::contains(reason_of(with("start_pts", std::numeric_limits<std::int64_t>::max())), "cannot be right"));
    auto json = phone();
    json["format"]["start_time"] = "1e300";
    CHECK(test::contains(reason_of(json), "cannot be right"));
    json = phone();
    json["streams"][1]["start_time"] = "1e300";
    CHECK(test::contains(reason_of(json), "cannot be right"));
    CHECK(read(with("start_time", "1700000000.5")).start_us == 1'700'000'000'500'000);
}

TEST_CASE("an AVI whose header lets its pictures rush by under its sound is refused") {
    auto json = with("avg_frame_rate", "1000/1");
    json["format"]["format_name"] = "avi";
    json["streams"][0]["duration"] = "0.1";
    json["streams"][1]["duration"] = "4.0";
    CHECK(test::contains(reason_of(json), "1000 pictures a second"));
    json["streams"][1]["duration"] = "0.1";
    CHECK(read(json).rate == Rational{1000, 1});
    json["streams"][1]["duration"] = "4.0";
    json["streams"][0]["avg_frame_rate"] = "25/1";
    CHECK(read(json).duration_us == 100'000);
}

TEST_CASE("what the first packets tell is in the facts") {
    auto json = with("start_pts", 2900);
    CHECK_FALSE(read(json).is_last_short);
    json["packets"] = {{{"stream_index", 0}, {"pts", 900}, {"flags", "__"}, {"pos", "48"}, {"size", "9000"}},
                       {{"stream_index", 0}, {"pts", 2900}, {"flags", "K_"}},
                       {{"stream_index", 0}, {"pts", 1900}, {"flags", "__"}}};
    const auto facts = read(json);
    CHECK(facts.start_pts == 900);
    CHECK(facts.start_us == 30'000);
    CHECK(facts.first_picture == Bytes{48, 9000});
    CHECK(facts.is_begin_doubtful);
    CHECK(facts.is_last_short);
    json["packets"].erase(0);
    CHECK(read(json).leading == Leading{2900, 1900});
}

TEST_CASE("a file without a picture is no clip") {
    auto json = phone();
    json["streams"].erase(0);
    CHECK(reason_of(json) == "it has no video stream");
    json["streams"] = nlohmann::json::array();
    CHECK(reason_of(json) == "it has no video stream");
    json.erase("streams");
    CHECK(reason_of(json) == "it is not a video");
    CHECK(reason_of(nlohmann::json::object()) == "it is not a video");
}

TEST_CASE("a picture without a size or with a huge one is refused") {
    CHECK(reason_of(with("width", 0)) == "its picture has no size");
    CHECK(reason_of(with("height", nullptr)) == "its picture has no size");
    CHECK(reason_of(with("width", -1920)) == "its picture has no size");
    CHECK(test::contains(reason_of(with("width", 16386)), "too large (16386x1080)"));
    CHECK(test::contains(reason_of(with("height", 2'000'000'000)), "too large"));
    CHECK(test::contains(reason_of(with("width", 4'294'967'296 + 1920)), "too large"));
    CHECK(read(with("width", 16384)).width == 16384);
}

TEST_CASE("a wild sample aspect is a broken header") {
    CHECK(read(with("sample_aspect_ratio", "16:15")).sample_aspect == Rational{16, 15});
    CHECK(read(with("sample_aspect_ratio", "4:3")).sample_aspect == Rational{4, 3});
    for (const char* wild : {"0:1", "1:0", "N/A", "1000:1", "1:1000", "5:1", "1:5", "-4:3"}) {
        CAPTURE(std::string(wild));
        CHECK(read(with("sample_aspect_ratio", wild)).sample_aspect == Rational{1, 1});
    }
}

TEST_CASE("an unknown average rate leaves the stream's own") {
    CHECK(read(with("avg_frame_rate", "0/0")).rate == Rational{30, 1});
    auto json = with("avg_frame_rate", "0/0");
    json["streams"][0]["r_frame_rate"] = "0/0";
    CHECK_FALSE(read(json).rate.positive());
}

TEST_CASE("without a time base nothing can be placed") {
    CHECK(reason_of(with("time_base", "0/1")) == "it has no time base");
    CHECK(reason_of(with("time_base", nullptr)) == "it has no time base");
}

TEST_CASE("texts where numbers belong, and the other way round, are as good as absent") {
    CHECK(reason_of(with("width", "1920")) == "its picture has no size");
    CHECK(reason_of(with("time_base", 30000)) == "it has no time base");
    CHECK(read(with("duration", 5)).duration_us == 12'400'000);
    CHECK(read(with("pix_fmt", 7)).pixel_format == "unknown");
    CHECK(read(with("disposition", "default")).stream == 0);
    CHECK(read(with("start_pts", "900")).start_pts == 0);
    CHECK(read(with("tags", 7)).duration_us == 12'345'678);
    CHECK(reason_of(with("codec_type", 1)) == "it has no video stream");
}

TEST_CASE("a document of another shape is refused, never a crash") {
    for (const char* text : {"", "{", "[]", "7", "null", "\"text\"", R"({"streams": {}})", R"({"streams": "x"})"}) {
        CAPTURE(std::string(text));
        CHECK(test::error_of([&] { read_probe(text); }).category() == Category::input_not_found);
    }
    for (const char* text : {R"({"streams": [1, null, "x", []]})", R"({"streams": [], "format": []})"}) {
        CAPTURE(std::string(text));
        CHECK(test::error_of([&] { read_probe(text); }).message() == "it has no video stream");
    }
    auto json = phone();
    json["format"] = "none";
    CHECK(read(json).container == "");
}

TEST_CASE("an answer that breaks off anywhere is refused") {
    const std::string whole = phone().dump();
    for (std::size_t length = 0; length < whole.size(); ++length) {
        REQUIRE_THROWS_AS(read_probe(whole.substr(0, length)), Error);
    }
}

TEST_CASE("sound without a rate or channels is no sound") {
    auto json = phone();
    json["streams"][1]["sample_rate"] = "0";
    CHECK_FALSE(read(json).sound);
    json = phone();
    json["streams"][1].erase("channels");
    CHECK_FALSE(read(json).sound);
    json = phone();
    json["streams"][1]["sample_rate"] = "1e300";
    CHECK_FALSE(read(json).sound);
    json = phone();
    json["streams"].erase(1);
    CHECK_FALSE(read(json).sound);
}

TEST_CASE("the time of recording may be the picture's tag") {
    auto json = phone();
    json["format"].erase("tags");
    json["streams"][0]["tags"] = {{"creation_time", "2003-12-24T17:00:00Z"}};
    CHECK(read(json).creation_time == "2003-12-24T17:00:00Z");
}

TEST_CASE("ffprobe is asked about one file, held to files, and its answer is read") {
    const test::TemporaryFolder folder;
    const process::Stop stop;
    test::write_file(folder / "answer.json", phone().dump());
    const auto script =
        test::write_script(folder / "ffprobe", "printf '%s\\n' \"$@\" > '" + (folder / "arguments").string() +
                                                   "'\ncat '" + (folder / "answer.json").string() + "'");
    CHECK(probe(script, process::input_of("/clips/a.mp4"), stop) == read(phone()));
    const auto arguments = test::read_file(folder / "arguments");
    CHECK(test::contains(arguments, "-protocol_whitelist\nfile,pipe\n"));
    CHECK(test::contains(arguments, "-format_whitelist\n"));
    CHECK(arguments.ends_with("file:/clips/a.mp4\n"));
}

TEST_CASE("a file that ffprobe makes nothing of is no clip, and a stop is a stop") {
    const test::TemporaryFolder folder;
    process::Stop stop;
    const auto failing = test::write_script(folder / "failing", "exit 1");
    CHECK(test::error_of([&] { probe(failing, process::input_of("/clips/a.mp4"), stop); }).category() ==
          Category::input_not_found);
    const auto hanging = test::write_script(folder / "hanging", "exec tail -f /dev/null");
    stop.request();
    CHECK(test::error_of([&] { probe(hanging, process::input_of("/clips/a.mp4"), stop); }).category() ==
          Category::cancelled);
}
