#include <doctest/doctest.h>

#include <libdadcam/process/tools.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/scripts.hpp>

using namespace dadcam;
using namespace dadcam::process;

namespace {

/// A folder with an ffmpeg that says `text` to any question.
struct StubFfmpeg {
    test::TemporaryFolder folder;
    Stop stop;
    ToolPaths paths;

    explicit StubFfmpeg(const std::string& text, int code = 0) {
        test::write_file(folder / "answer", text);
        test::write_script(folder / "ffmpeg",
                           "cat '" + (folder / "answer").string() + "'\nexit " + std::to_string(code));
        paths.search_path = folder.path().string();
    }
};

}  // namespace

TEST_CASE("a program is searched in the folders of the search path, in their order") {
    const test::TemporaryFolder folder;
    const auto first = test::write_script(folder / "a/tool", "");
    const auto second = test::write_script(folder / "b/tool", "");
    const auto a = (folder / "a").string(), b = (folder / "b").string();
    CHECK(find_tool("tool", a + ":" + b) == first);
    CHECK(find_tool("tool", b + ":" + a) == second);
    CHECK(find_tool("tool", (folder / "missing").string() + ":" + b) == second);
}

TEST_CASE("what is no executable file is passed over") {
    const test::TemporaryFolder folder;
    test::write_file(folder / "a/tool", "not executable");
    std::filesystem::create_directories(folder / "b/tool");
    const auto found = test::write_script(folder / "c/tool", "");
    const auto in = [&](const char* name) { return (folder / name).string(); };
    CHECK(find_tool("tool", in("a") + ":" + in("b") + ":" + in("c")) == found);
    CHECK_FALSE(find_optional_tool("tool", in("a") + ":" + in("b")));
}

TEST_CASE("a path is taken as it is, and not searched for") {
    const test::TemporaryFolder folder;
    const auto tool = test::write_script(folder / "tool", "");
    CHECK(find_tool(tool, "") == tool);
    CHECK_FALSE(find_optional_tool("./tool", folder.path().string()));
}

TEST_CASE("a tool that is not there is an error that names the package") {
    const auto error = test::error_of([] { find_tool("ffmpeg", "/missing"); });
    CHECK(error.category() == Category::tool_missing);
    CHECK(test::contains(error.message(), "ffmpeg"));
    CHECK(test::contains(error.advice(), "apt install ffmpeg"));
    CHECK_FALSE(find_optional_tool("ffmpeg", ""));
}

TEST_CASE("ffmpeg is asked what it is") {
    const std::string answer = "ffmpeg version 5.1.9-0+deb12u1 Copyright (c)\nlibavutil 57\n";
    const StubFfmpeg stub(answer);
    const auto ffmpeg = find_ffmpeg(stub.paths, {}, stub.stop);
    CHECK(ffmpeg.path == (stub.folder / "ffmpeg").string());
    CHECK(ffmpeg.version == "5.1.9-0+deb12u1");
    CHECK(ffmpeg.identity == answer);
}

TEST_CASE("a program that only has ffmpeg's name is no ffmpeg") {
    const StubFfmpeg other("busybox\n");
    CHECK(test::error_of([&] { find_ffmpeg(other.paths, {}, other.stop); }).category() == Category::tool_missing);
    const StubFfmpeg silent("");
    CHECK(test::error_of([&] { find_ffmpeg(silent.paths, {}, silent.stop); }).category() == Category::tool_missing);
    const StubFfmpeg broken("ffmpeg version 5.1\n", 127);
    const auto error = test::error_of([&] { find_ffmpeg(broken.paths, {}, broken.stop); });
    CHECK(error.category() == Category::tool_missing);
    CHECK(test::contains(error.message(), "exit code 127"));
}

TEST_CASE("an encoder is there when ffmpeg lists it under its whole name") {
    const StubFfmpeg stub("Encoders:\n V..... = Video\n ------\n V....D libx264rgb  H.264 RGB\n A....D aac  AAC\n");
    const Ffmpeg ffmpeg{(stub.folder / "ffmpeg").string(), "5.1", "", {}};
    CHECK_NOTHROW(require_encoders(ffmpeg, {"aac", "libx264rgb"}, stub.stop));
    const auto error = test::error_of([&] { require_encoders(ffmpeg, {"aac", "libx264"}, stub.stop); });
    CHECK(error.category() == Category::tool_missing);
    CHECK(test::contains(error.message(), "libx264"));
}

TEST_CASE("a filter is there when ffmpeg lists it") {
    const StubFfmpeg stub(
        "Filters:\n  T.. = Timeline support\n .S. zscale  V->V  Apply resizing\n ... fps  V->V  Rate\n");
    const Ffmpeg ffmpeg{(stub.folder / "ffmpeg").string(), "7.1", "", {}};
    CHECK_NOTHROW(require_filters(ffmpeg, {"fps", "zscale"}, stub.stop));
    const auto error = test::error_of([&] { require_filters(ffmpeg, {"fps", "scale"}, stub.stop); });
    CHECK(error.category() == Category::tool_missing);
    CHECK(test::contains(error.message(), "has no scale filter"));
}

TEST_CASE("an ffmpeg that is too old is refused, and one that has no number is let pass") {
    for (const char* old : {"4.4.2-0ubuntu0.22.04.1", "n4.2", "5.0.1", "0.10"}) {
        const StubFfmpeg stub(std::string("ffmpeg version ") + old + " Copyright (c)\n");
        const auto error = test::error_of([&] { find_ffmpeg(stub.paths, {}, stub.stop); });
        CHECK(error.category() == Category::tool_missing);
        CHECK(test::contains(error.message(), "5.1 or newer"));
    }
    for (const char* fit :
         {"5.1", "5.1.9-0+deb12u1", "n7.1.1", "9.0.2-4", "10.0", "N-109542-gabcdef", "git-2024-05-01", "n"}) {
        const StubFfmpeg stub(std::string("ffmpeg version ") + fit + " Copyright (c)\n");
        CHECK(find_ffmpeg(stub.paths, {}, stub.stop).version == fit);
    }
}

TEST_CASE("ffprobe is asked whether it is one, and ffmpeg's own") {
    const Ffmpeg ffmpeg{"/usr/bin/ffmpeg", "7.1.5", "", {}};
    const auto with_ffprobe = [](const StubFfmpeg& stub) {
        auto paths = stub.paths;
        paths.ffprobe = "ffmpeg";
        return paths;
    };
    const StubFfmpeg own("ffprobe version 7.1.5 Copyright (c)\n");
    CHECK(find_ffprobe(with_ffprobe(own), ffmpeg, own.stop) == (own.folder / "ffmpeg").string());
    for (const char* answer : {"ffprobe version 5.1.9 Copyright\n", "ffmpeg version 7.1.5 Copyright\n", ""}) {
        const StubFfmpeg other(answer);
        const auto error = test::error_of([&] { find_ffprobe(with_ffprobe(other), ffmpeg, other.stop); });
        CHECK(error.category() == Category::tool_missing);
    }
}

TEST_CASE("a launcher stands before every command line") {
    const Ffmpeg plain{"/usr/bin/ffmpeg", "5.1", "", {}};
    CHECK(command_of(plain, {"-i", "a b"}, "/films").program == "/usr/bin/ffmpeg");
    const Ffmpeg niced{"/usr/bin/ffmpeg", "5.1", "", {"/usr/bin/nice", "-n", "5"}};
    const auto command = command_of(niced, {"-i", "a b"}, "/films");
    CHECK(command.program == "/usr/bin/nice");
    CHECK(command.arguments == std::vector<std::string>{"-n", "5", "/usr/bin/ffmpeg", "-i", "a b"});
    CHECK(command.folder == "/films");
}

TEST_CASE("what is handed to a shell by ssh comes out there as it was") {
    test::TemporaryFolder folder;
    // As ssh does it: the words are joined, and a shell reads them.
    const auto ssh = test::write_script(folder / "ssh", "shift; exec sh -c \"$*\"");
    const auto echo = test::write_script(folder / "it's ffmpeg", "pwd; for word; do echo \"<$word>\"; done");
    const Ffmpeg ffmpeg{echo, "5.1", "", {ssh, "host"}};
    const Stop stop;
    const auto place = std::filesystem::canonical(folder.path()).string();
    const auto said = capture(command_of(ffmpeg, {"[0:v]a;b", "it's", "", "$HOME `x` \"y\" \\"}, place), Stream::out,
                              1000, std::chrono::seconds(60), stop);
    CHECK(said.output == place + "\n<[0:v]a;b>\n<it's>\n<>\n<$HOME `x` \"y\" \\>\n");
}

TEST_CASE("a launcher that is not there, or does not run ffmpeg, is named") {
    const StubFfmpeg stub("ffmpeg version 5.1\n");
    const auto missing = test::error_of([&] { find_ffmpeg(stub.paths, {"/missing/srun"}, stub.stop); });
    CHECK(missing.category() == Category::tool_missing);
    CHECK(test::contains(missing.message(), "/missing/srun"));
    const auto fails = test::error_of([&] { find_ffmpeg(stub.paths, {"/bin/false"}, stub.stop); });
    CHECK(fails.category() == Category::tool_missing);
    CHECK(test::contains(fails.message(), "launcher could not run ffmpeg"));
    CHECK(find_ffmpeg(stub.paths, {"/usr/bin/env"}, stub.stop).version == "5.1");
}

TEST_CASE("why a launcher cannot run ffmpeg is said in its own words") {
    const StubFfmpeg stub("ffmpeg version 5.1\n");
    const auto launcher = test::write_script(stub.folder / "srun",
                                             "echo 'srun: hello' >&2; echo 'srun: error: no such node' >&2; exit 1");
    const auto error = test::error_of([&] { find_ffmpeg(stub.paths, {launcher}, stub.stop); });
    CHECK(error.category() == Category::tool_missing);
    CHECK(error.message() == "The launcher could not run ffmpeg (exit code 1): srun: error: no such node");
    CHECK(test::contains(error.detail(), "srun: hello"));
}

TEST_CASE("what a launcher says on standard error is no part of ffmpeg's answer") {
    const StubFfmpeg stub("ffmpeg version 5.1\n");
    const auto launcher = test::write_script(stub.folder / "srun", "echo \"srun: job $$ waits\" >&2; exec \"$@\"");
    CHECK(find_ffmpeg(stub.paths, {launcher}, stub.stop).identity == "ffmpeg version 5.1\n");
}

TEST_CASE("a launcher that starts several ffmpegs at once is refused") {
    const StubFfmpeg stub("ffmpeg version 5.1\nlibavutil 57\n");
    const auto launcher = test::write_script(stub.folder / "srun", "\"$@\"; exec \"$@\"");
    const auto error = test::error_of([&] { find_ffmpeg(stub.paths, {launcher}, stub.stop); });
    CHECK(error.category() == Category::tool_missing);
    CHECK(test::contains(error.message(), "several ffmpegs"));
    CHECK(test::contains(error.advice(), "-n1"));
}

TEST_CASE("a launcher has longer than ffmpeg to end politely") {
    const Ffmpeg plain{"/usr/bin/ffmpeg", "5.1", "", {}}, launched{"/usr/bin/ffmpeg", "5.1", "", {"/usr/bin/srun"}};
    CHECK(command_of(plain, {}).grace == kGrace);
    CHECK(command_of(launched, {}).grace > kGrace);
}
