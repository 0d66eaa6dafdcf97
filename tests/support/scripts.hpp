#pragma once

#include <cstdlib>
#include <libdadcam/process/process.hpp>
#include <libdadcam/process/tools.hpp>
#include <tests/support/temporary_folder.hpp>

namespace dadcam::test {

/// A program that stands in for another: a shell script. Returns its path.
inline std::string write_script(const std::filesystem::path& path, const std::string& body) {
    write_file(path, "#!/bin/sh\n" + body + "\n");
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path.string();
}

/// A program of this machine, by name.
inline std::string tool(const std::string& name) {
    const char* path = std::getenv("PATH");
    return process::find_tool(name, path != nullptr ? path : "/usr/bin:/bin");
}

inline const int kAnswersAreNamed = ::setenv("DADCAM_TEST_ANSWERS", DADCAM_TEST_ANSWERS, 1);

/// ffmpeg or ffprobe, as quick to start as it can be: see tests/support/quick.
inline std::string quick_tool(const std::string& name) {
    return DADCAM_TEST_QUICK "/" + name;
}

/// A real clip, tiny, made by ffmpeg: 10 pictures of 64x48 in one colour, no sound.
inline std::filesystem::path make_clip(const std::filesystem::path& path, const std::string& color) {
    std::filesystem::create_directories(path.parent_path());
    const process::Stop stop;
    std::string said;
    const auto finished = process::run({quick_tool("ffmpeg"),
                                        {"-nostdin", "-v", "error", "-f", "lavfi", "-i",
                                         "color=c=" + color + ":s=64x48:r=25:d=0.4", "-c:v", "mpeg4", path.string()}},
                                       process::Stream::err, {[&](std::string_view text) { said += text; }, {}}, stop);
    REQUIRE_MESSAGE(finished.exit.success(), said);
    return path;
}

}  // namespace dadcam::test
