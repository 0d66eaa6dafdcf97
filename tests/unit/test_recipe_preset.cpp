#include <doctest/doctest.h>

#include <libdadcam/error.hpp>
#include <libdadcam/recipe/preset.hpp>
#include <nlohmann/json.hpp>

using namespace dadcam;
using recipe::find_preset;
using recipe::Preset;

TEST_CASE("a preset comes back from its JSON as it was") {
    for (const char* name : {"share", "archive"}) {
        const nlohmann::json json = find_preset(name);
        CHECK(json.get<Preset>() == find_preset(name));
    }
}

TEST_CASE("a preset that would make ffmpeg do anything else than encode is refused") {
    using Words = std::vector<std::string>;
    const nlohmann::json good = find_preset("share");
    for (const char* where : {"videoArguments", "soundArguments"}) {
        for (const Words& more : {Words{"/home/me/.bashrc"}, Words{"-f", "tee"}, Words{"-c:v", "-y"},
                                  Words{"-filter_complex", "movie=x"}, Words{"-passlogfile", "x"}, Words{"-crf"},
                                  Words{"-crf", "/etc/passwd"}, Words{"-bsf:v", "a,b"}, Words{"-crf", ""}}) {
            auto json = good;
            for (const auto& word : more) json[where].push_back(word);
            CAPTURE(json.dump());
            CHECK_THROWS_AS(json.get<Preset>(), Error);
        }
    }
    for (const char* muxer : {"tee", "segment", "hls", "image2", ""}) {
        auto json = good;
        json["muxer"] = muxer;
        CHECK_THROWS_AS(json.get<Preset>(), Error);
    }
    auto json = good;
    json["pixelFormat"] = "yuv420p,movie=x";
    CHECK_THROWS_AS(json.get<Preset>(), Error);
}
