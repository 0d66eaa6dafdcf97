#include <algorithm>
#include <libdadcam/ffmpeg/filters.hpp>

namespace dadcam::ffmpeg {
namespace {

constexpr std::string_view kEndsName = "=@[,;";

/// Where the filter that begins at `at` is over: at a ',' or ';', or at the graph's end.
std::size_t end_of_filter(std::string_view graph, std::size_t at) {
    for (; at < graph.size() && graph[at] != ',' && graph[at] != ';'; ++at) {
        if (graph[at] == '\\') ++at;
    }
    return at;
}

}  // namespace

const std::set<std::string>& all_filters() {
    static const std::set<std::string> kAll{
        "acrossfade", "aformat",   "anullsrc", "apad",   "aresample", "asetpts", "atrim", "bwdif", "channelmap",
        "concat",     "crop",      "drawtext", "format", "fps",       "gblur",   "idet",  "lut3d", "overlay",
        "pad",        "pan",       "scale",    "select", "setpts",    "setsar",  "settb", "split", "tonemap",
        "tpad",       "transpose", "trim",     "xfade",  "zscale",    "hflip",   "vflip", "rotate"};
    return kAll;
}

std::set<std::string> filters_in(std::string_view graph) {
    std::set<std::string> names;
    for (std::size_t at = 0; at < graph.size(); ++at) {
        while (at < graph.size() && graph[at] == '[') at = std::min(graph.find(']', at), graph.size() - 1) + 1;
        const auto end = std::min(graph.find_first_of(kEndsName, at), graph.size());
        names.emplace(graph.substr(at, end - at));
        at = end_of_filter(graph, end);
    }
    return names;
}

}  // namespace dadcam::ffmpeg
