#include <doctest/doctest.h>

#include <libdadcam/process/input.hpp>

using namespace dadcam::process;

TEST_CASE("a file is named to ffmpeg so that nothing in its name means anything") {
    CHECK(as_input("/clips/concat:a|b %d.mp4") == "file:/clips/concat:a|b %d.mp4");
}

TEST_CASE("an input is held to files, or to a pipe, and to what it may be") {
    CHECK(held_to("mov,avi") ==
          std::vector<std::string>{"-protocol_whitelist", "file,pipe", "-format_whitelist", "mov,avi"});
    CHECK(held_to_pipe("aac") == std::vector<std::string>{"-protocol_whitelist", "pipe", "-format_whitelist", "aac"});
}
