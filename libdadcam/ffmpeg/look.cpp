#include <libdadcam/ffmpeg/look.hpp>

namespace dadcam::ffmpeg {

std::string with_backslashes(std::string_view text, std::string_view special) {
    std::string result;
    for (const char c : text) {
        if (special.find(c) != std::string_view::npos) result += '\\';
        result += c;
    }
    return result;
}

std::string escaped(std::string_view text) {
    return with_backslashes(with_backslashes(text, "\\':"), "\\'[],; \t\n");
}

}  // namespace dadcam::ffmpeg
