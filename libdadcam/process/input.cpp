#include <fmt/format.h>

#include <libdadcam/process/input.hpp>

namespace dadcam::process {

const std::string_view kContainers =
    "mov,avi,mpegts,mpeg,matroska,dv,asf,flv,mxf,ogg,mpegvideo,h264,hevc,m4v,nut,rm,wtv,ivf";

const std::string_view kMusicContainers =
    "mp3,flac,ogg,wav,w64,aac,aiff,mov,asf,matroska,ape,wv,tta,ac3,eac3,caf,au,amr,avi,mpegts,mpeg";

std::vector<std::string> held_to(std::string_view formats) {
    return {"-protocol_whitelist", "file,pipe", "-format_whitelist", std::string(formats)};
}

std::vector<std::string> held_to_part(std::string_view formats) {
    return {"-protocol_whitelist", "file,subfile", "-format_whitelist", std::string(formats)};
}

std::vector<std::string> held_to_pipe(std::string_view formats) {
    return {"-protocol_whitelist", "pipe", "-format_whitelist", std::string(formats)};
}

std::string as_input(const std::filesystem::path& absolute) {
    return "file:" + absolute.string();
}

std::string part_of(const std::string& input, Part part) {
    return fmt::format("subfile,,start,{},end,{},,:{}", part.begin, part.end, input);
}

Input input_of(const std::filesystem::path& absolute) {
    return {held_to(kContainers), as_input(absolute)};
}

Input input_of(const std::filesystem::path& absolute, Part part) {
    return {held_to_part(kContainers), part_of(as_input(absolute), part)};
}

}  // namespace dadcam::process
