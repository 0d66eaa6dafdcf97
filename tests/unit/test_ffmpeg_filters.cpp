#include <doctest/doctest.h>

#include <libdadcam/ffmpeg/filters.hpp>
#include <libdadcam/ffmpeg/look.hpp>

using namespace dadcam;
using Names = std::set<std::string>;

TEST_CASE("a graph's filters are named, whatever stands around them") {
    CHECK(ffmpeg::filters_in("[0:1]bwdif=mode=send_frame,split[o0][r0];[o0]trim=end_frame=3[x];[x][r0]concat=n=2[v]") ==
          Names{"bwdif", "split", "trim", "concat"});
    CHECK(ffmpeg::filters_in("anullsrc=r=48000:cl=stereo,asetpts=N[a]") == Names{"anullsrc", "asetpts"});
    CHECK(ffmpeg::filters_in("null") == Names{"null"});
    CHECK(ffmpeg::filters_in("[a]scale@first=2:2[b]") == Names{"scale"});
    CHECK(ffmpeg::filters_in("").empty());
}

TEST_CASE("what looks like a filter in an option's text is none") {
    const auto text = ffmpeg::escaped("a,b;c=d[e]:f\\'g");
    CHECK(ffmpeg::filters_in("drawtext=text=" + text + ":x=1,fps=25[v]") == Names{"drawtext", "fps"});
    CHECK(ffmpeg::filters_in("select=gt(t\\,1),hflip") == Names{"select", "hflip"});
}

TEST_CASE("a graph that breaks off is read to its end") {
    for (const char* graph : {"[", "[a", "scale=1\\", "[a]", ";", ",,"}) CHECK_NOTHROW(ffmpeg::filters_in(graph));
}
