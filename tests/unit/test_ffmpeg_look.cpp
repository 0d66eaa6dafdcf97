#include <doctest/doctest.h>

#include <libdadcam/ffmpeg/look.hpp>

using dadcam::ffmpeg::escaped;

TEST_CASE("a plain text stays as it is") {
    CHECK(escaped("DejaVuSans.ttf") == "DejaVuSans.ttf");
}

TEST_CASE("what means something to an option is escaped for the option, then for the graph") {
    CHECK(escaped(":") == "\\\\:");
    CHECK(escaped("'") == "\\\\\\'");
    CHECK(escaped("\\") == "\\\\\\\\");
}

TEST_CASE("what means something to the graph alone is escaped once") {
    CHECK(escaped("[a],b;c d") == "\\[a\\]\\,b\\;c\\ d");
}
