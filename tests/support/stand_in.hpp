#pragma once

#include <libdadcam/render/encoder.hpp>
#include <tests/support/scripts.hpp>

namespace dadcam::test {

/// A run of a shell script in ffmpeg's place; it finds the arguments as $1 …
inline render::Encoding stand_in(const std::filesystem::path& program, const std::string& script,
                                 std::vector<std::string> arguments = {}) {
    render::Encoding encoding;
    encoding.command.program = write_script(program, script);
    encoding.command.arguments = std::move(arguments);
    return encoding;
}

}  // namespace dadcam::test
