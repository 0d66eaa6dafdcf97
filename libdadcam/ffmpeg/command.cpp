#include <libdadcam/ffmpeg/command.hpp>

namespace dadcam::ffmpeg {

void add(Arguments& arguments, const Arguments& more) {
    arguments.insert(arguments.end(), more.begin(), more.end());
}

Arguments common() {
    return {"-hide_banner",  "-nostdin", "-nostats",  "-loglevel", "repeat+level+warning",
            "-stats_period", "0.1",      "-progress", "pipe:2",    "-y"};
}

Arguments bare_output() {
    return {"-fflags",       "+bitexact", "-flags:v",      "+bitexact", "-flags:a", "+bitexact",
            "-map_metadata", "-1",        "-map_chapters", "-1",        "-dn",      "-sn"};
}

}  // namespace dadcam::ffmpeg
