#include <utf8proc.h>

#include <algorithm>
#include <libdadcam/utf8.hpp>

namespace dadcam {

Character first_character(std::string_view text) {
    constexpr std::size_t kLongest = 4;
    text = text.substr(0, kLongest);
    utf8proc_int32_t code_point = 0;
    const auto bytes = ::utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                          static_cast<utf8proc_ssize_t>(text.size()), &code_point);
    if (bytes < 1) return {text.substr(0, 1), 0, false};
    return {text.substr(0, static_cast<std::size_t>(bytes)), static_cast<char32_t>(code_point), true};
}

Character take_character(std::string_view& text) {
    const auto character = first_character(text);
    text.remove_prefix(character.bytes.size());
    return character;
}

bool is_obeyed(char32_t code_point) {
    return code_point < 0x20 || (code_point >= 0x7f && code_point <= 0x9f) ||
           (code_point >= 0x2028 && code_point <= 0x202e) || (code_point >= 0x2066 && code_point <= 0x2069);
}

}  // namespace dadcam
