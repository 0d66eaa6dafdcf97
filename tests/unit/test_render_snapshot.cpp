#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/libraries.hpp>
#include <tests/support/scripts.hpp>

using namespace dadcam;
using namespace dadcam::render;
namespace fs = std::filesystem;

namespace {

RenderTools tools_with(const std::string& ffprobe) {
    return {{test::tool("ffmpeg"), "", ""}, ffprobe, "", ""};
}

recipe::Recipe named(const std::string& name) {
    recipe::Recipe recipe;
    recipe.name = name;
    return recipe;
}

RenderTools tools_of(const std::string& identity) {
    return {{"ffmpeg", "5.1", identity}, "ffprobe", {}, {}};
}

/// Clips whose files are there, and an ffprobe that says each is 640 pixels wide.
struct Inputs : test::FreshLibrary {
    process::Stop stop;
    InputNotes notes;
    std::string ffprobe = test::write_script(folder / "ffprobe", "echo call >> '" + (folder / "calls").string() +
                                                                     "'\ncat '" + (folder / "answer").string() + "'");

    Inputs() {
        test::write_file(folder / "answer",
                         R"({"streams":[{"index":0,"codec_type":"video","codec_name":"mpeg4","width":640,"height":480,)"
                         R"("time_base":"1/25","duration":"1","avg_frame_rate":"25/1","nb_frames":"25"}],)"
                         R"("format":{"format_name":"mov,mp4"}})");
    }
    footage::Clip clip(const std::string& path) const { return clip(path, "content of " + path); }
    footage::Clip clip(const std::string& path, const std::string& content) const {
        const auto file = test::write_file(library.located(path), content);
        auto result = test::clip_of(path);
        result.content_id = footage::content_identity(file);
        result.sampled_id = footage::sampled_identity(file);
        result.state = footage::file_state(file);
        result.recorded.local = "2019-07-14T18:30:12+00:00";  // as every snapshot has it
        return result;
    }
    void check(std::vector<footage::Clip>& clips) {
        auto snapshot = take_snapshot(named("Italy"), clips);
        notes = check_inputs(library, snapshot, tools_with(ffprobe), false, stop);
        clips = snapshot.inputs;
    }
    bool probed() const { return fs::exists(folder / "calls"); }
};

}  // namespace

TEST_CASE("a snapshot comes back whole from what is stored") {
    auto recipe = named("Italy");
    recipe.preset = "archive";
    recipe.rate = Rational{30000, 1001};
    auto clip = test::clip_of("M\xfcnchen/a.mp4");
    clip.content_id = "blake2b:aa";
    const auto snapshot = take_snapshot(recipe, {clip, test::clip_of("b.mp4")});
    const auto back = read_snapshot(write_snapshot(snapshot));
    CHECK(back.recipe == snapshot.recipe);
    CHECK(back.preset == snapshot.preset);
    CHECK(back.inputs == snapshot.inputs);
    CHECK(back.format == snapshot.format);
    CHECK(back.format.rate == Rational{30000, 1001});
}

TEST_CASE("a snapshot holds each clip's local time, which nothing changes later") {
    auto abroad = test::clip_of("abroad.mp4"), camcorder = test::clip_of("camcorder.mp4");
    abroad.recorded.local = "2019-07-14T14:30:12-04:00";
    camcorder.recorded.local = "2019-07-14T20:30:12";
    const auto snapshot = take_snapshot(named("Italy"), {abroad, camcorder, test::clip_of("instant.mp4")}, std::nullopt,
                                        Zone::find("Europe/Berlin").value());
    const auto back = read_snapshot(write_snapshot(snapshot));
    CHECK(back.zone == "Europe/Berlin");
    CHECK(back.inputs[0].recorded.local == "2019-07-14T14:30:12-04:00");
    CHECK(back.inputs[1].recorded.local == "2019-07-14T20:30:12");
    CHECK(back.inputs[2].recorded.local == "2019-07-14T20:30:12+02:00");
}

TEST_CASE("a snapshot of before there were zones is one in UTC") {
    auto texts = write_snapshot(take_snapshot(named("Italy"), {test::clip_of("a.mp4")}));
    auto recipe = nlohmann::json::parse(texts.recipe), inputs = nlohmann::json::parse(texts.inputs);
    recipe.erase("zone");
    inputs[0].erase("recordedLocal");
    const auto old = read_snapshot({recipe.dump(), inputs.dump(), texts.settings, texts.luts});
    CHECK(old.zone == "UTC");
    CHECK(old.inputs[0].recorded == test::clip_of("a.mp4").recorded);
}

TEST_CASE("an old run keeps the preset that it was made with") {
    auto texts = write_snapshot(take_snapshot(named("Italy"), {test::clip_of("a.mp4")}));
    auto recipe = nlohmann::json::parse(texts.recipe);
    recipe["preset"]["videoArguments"] = {"-c:v", "libx264", "-crf", "23"};
    texts.recipe = recipe.dump();
    CHECK(read_snapshot(texts).preset.video_arguments == std::vector<std::string>{"-c:v", "libx264", "-crf", "23"});
}

TEST_CASE("a snapshot says in which version it is written: an older one says none, a newer one is refused") {
    auto texts = write_snapshot(take_snapshot(named("Italy"), {test::clip_of("a.mp4")}));
    auto recipe = nlohmann::json::parse(texts.recipe);
    recipe["somethingNew"] = {1, 2};
    recipe.erase("snapshotVersion");
    texts.recipe = recipe.dump();
    CHECK(read_snapshot(texts).recipe.name == "Italy");
    recipe["snapshotVersion"] = 2;
    texts.recipe = recipe.dump();
    CHECK(test::contains(test::error_of([&] { read_snapshot(texts); }).message(), "newer dadcam"));
}

TEST_CASE("the inputs are stored as one array, and nothing else is one") {
    const auto snapshot = take_snapshot(named("Italy"), {test::clip_of("a.mp4"), test::clip_of("b.mp4")});
    auto texts = write_snapshot(snapshot);
    CHECK(texts.inputs == nlohmann::json(snapshot.inputs).dump());
    const auto clip = nlohmann::json(snapshot.inputs[0]).dump();
    for (const auto& broken : {"{\"a\":" + clip + "}", "[" + clip + ",1]", "[" + clip + ",[]]", clip, "[" + clip}) {
        CAPTURE(broken);
        texts.inputs = broken;
        CHECK_THROWS_AS(read_snapshot(texts), Error);
    }
}

TEST_CASE("a recipe that selects nothing makes no snapshot") {
    const auto error = test::error_of([] { take_snapshot(named("Italy"), {}); });
    CHECK(error.category() == Category::general);
    CHECK(test::contains(error.message(), "\"Italy\" selects no clips"));
}

TEST_CASE("a snapshot that cannot be read is an error, never a crash") {
    const auto whole = write_snapshot(take_snapshot(named("Italy"), {test::clip_of("a.mp4")}));
    for (const std::string broken : {"", "{}", "[]", "null", "{\"clips\":", "[1]", "[{}]", "[[{}]]"}) {
        CAPTURE(broken);
        for (const auto text :
             {&library::RunSnapshot::recipe, &library::RunSnapshot::inputs, &library::RunSnapshot::settings}) {
            auto texts = whole;
            texts.*text = broken;
            CHECK_THROWS_AS(read_snapshot(texts), Error);
        }
    }
}

TEST_CASE("inputs that are as they were are not probed again") {
    Inputs inputs;
    std::vector clips{inputs.clip("a.mp4"), inputs.clip("b.mp4")};
    const auto before = clips;
    inputs.check(clips);
    CHECK(clips == before);
    CHECK(inputs.notes.changed.empty());
    CHECK_FALSE(inputs.probed());
}

TEST_CASE("an input that was only touched is not probed again") {
    for (const std::size_t size : {std::size_t{20}, std::size_t{3} << 20U, std::size_t{20} << 20U}) {
        CAPTURE(size);
        Inputs inputs;
        std::vector clips{inputs.clip("a.mp4", std::string(size, 'x'))};
        const auto facts = clips[0].facts;
        clips[0].state.mtime_ns -= 1;
        inputs.check(clips);
        CHECK(clips[0].facts == facts);
        CHECK(clips[0].state == footage::file_state(inputs.library.located("a.mp4")));
        CHECK(inputs.notes.changed.empty());
        CHECK_FALSE(inputs.probed());
    }
}

TEST_CASE("an input that was mended between its ends is the same clip, but another one to render") {
    for (const std::size_t size : {std::size_t{3} << 20U, std::size_t{20} << 20U}) {
        CAPTURE(size);
        Inputs inputs;
        std::string content(size, 'x');
        std::vector clips{inputs.clip("a.mp4", content)};
        const auto known = clips[0];
        std::fill_n(content.begin() + static_cast<std::ptrdiff_t>(size / 2), 500'000, 'y');
        const auto file = test::write_file(inputs.library.located("a.mp4"), content);
        clips[0].state.mtime_ns -= 1;
        inputs.check(clips);
        CHECK(clips[0].content_id == known.content_id);
        CHECK(footage::rendering_id(clips[0]) == footage::content_hash(file));
        CHECK(inputs.notes.changed.size() == 1);
        CHECK(inputs.probed());
        clips[0].state.mtime_ns -= 1;
        inputs.check(clips);
        CHECK(inputs.notes.changed.empty());
    }
}

TEST_CASE("an input that has changed is probed again, and that is said") {
    Inputs inputs;
    std::vector clips{inputs.clip("a.mp4"), inputs.clip("b.mp4")};
    test::write_file(inputs.library.located("b.mp4"), "another film altogether");
    const auto old_id = clips[1].content_id;
    inputs.check(clips);
    CHECK(clips[0].facts.width == 1920);
    CHECK(clips[1].facts.width == 640);
    CHECK(clips[1].content_id != old_id);
    REQUIRE(inputs.notes.changed.size() == 1);
    CHECK(test::contains(inputs.notes.changed[0], "b.mp4"));
}

TEST_CASE("an input that has become something else is named") {
    Inputs inputs;
    std::vector clips{inputs.clip("a.mp4")};
    test::write_file(inputs.library.located("a.mp4"), "a letter");
    test::write_file(inputs.folder / "answer", R"({"streams":[]})");
    const auto error = test::error_of([&] { inputs.check(clips); });
    CHECK(error.category() == Category::input_not_found);
    CHECK(test::contains(error.message(), "a.mp4 has changed"));
}

TEST_CASE("every input that is gone is named, of many the first") {
    Inputs inputs;
    std::vector clips{inputs.clip("there.mp4"), test::clip_of("gone.mp4")};
    const auto one = test::error_of([&] { inputs.check(clips); });
    CHECK(one.category() == Category::input_not_found);
    CHECK(test::contains(one.message(), "1 source clip could"));
    CHECK(test::contains(one.message(), "gone.mp4"));
    CHECK_FALSE(test::contains(one.message(), "there.mp4"));
    clips.clear();
    for (int i = 0; i < 25; ++i) clips.push_back(test::clip_of("gone" + std::to_string(i) + ".mp4"));
    const auto many = test::error_of([&] { inputs.check(clips); });
    CHECK(test::contains(many.message(), "25 source clips"));
    CHECK(test::contains(many.message(), "gone19.mp4"));
    CHECK_FALSE(test::contains(many.message(), "gone20.mp4"));
    CHECK(test::contains(many.message(), "and 5 more"));
}

TEST_CASE("inputs that are gone can be left out, unless that leaves nothing") {
    Inputs inputs;
    auto snapshot = take_snapshot(named("Italy"), {test::clip_of("gone.mp4"), inputs.clip("there.mp4")});
    const auto notes = check_inputs(inputs.library, snapshot, tools_with(inputs.ffprobe), true, inputs.stop);
    CHECK(notes.left_out == std::vector<std::string>{"gone.mp4"});
    REQUIRE(snapshot.inputs.size() == 1);
    CHECK(snapshot.inputs[0].path == "there.mp4");
    auto nothing = take_snapshot(named("Italy"), {test::clip_of("gone.mp4")});
    CHECK_THROWS_AS(check_inputs(inputs.library, nothing, tools_with(inputs.ffprobe), true, inputs.stop), Error);
}

TEST_CASE("a plan has a key for every segment, and equal content has equal keys") {
    const auto snapshot = take_snapshot(
        named("Italy"), {test::clip_of("tape.dv", 100), test::clip_of("a.mp4", 10), test::clip_of("a.mp4", 10)});
    const auto plan = make_plan(snapshot, tools_of("ffmpeg 5.1"));
    REQUIRE(plan.segments.size() == 4);
    REQUIRE(plan.keys.size() == 4);
    CHECK(plan.frames() == Frames{120 * 25});
    CHECK(plan.keys[0] != plan.keys[1]);
    CHECK(plan.keys[2] == plan.keys[3]);
    CHECK(make_plan(snapshot, tools_of("ffmpeg 6")).keys[0] != plan.keys[0]);
}
