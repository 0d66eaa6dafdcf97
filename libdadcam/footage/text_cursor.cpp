#include <algorithm>
#include <libdadcam/footage/text_cursor.hpp>

namespace dadcam::footage {
namespace {

char ascii_lower(char byte) {
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
}

}  // namespace

std::optional<int> TextCursor::number(std::size_t least, std::size_t most) {
    int value = 0;
    std::size_t digits = 0;
    while (digits < most && at_ + digits < text_.size() && is_digit(text_[at_ + digits])) {
        value = value * 10 + (text_[at_ + digits] - '0');
        ++digits;
    }
    if (digits < least) return {};
    at_ += digits;
    return value;
}

char TextCursor::any_of(std::string_view bytes) {
    if (at_end() || bytes.find(peek()) == std::string_view::npos) return '\0';
    return text_[at_++];
}

bool TextCursor::word(std::string_view wanted) {
    const auto here = text_.substr(std::min(at_, text_.size()), wanted.size());
    const auto same = [](char a, char b) { return ascii_lower(a) == ascii_lower(b); };
    if (!std::equal(here.begin(), here.end(), wanted.begin(), wanted.end(), same)) return false;
    at_ += wanted.size();
    return true;
}

std::size_t TextCursor::skip(std::string_view bytes, std::size_t most) {
    std::size_t count = 0;
    while (count < most && any_of(bytes) != '\0') ++count;
    return count;
}

std::optional<int> half_day_hour(TextCursor& cursor, int hour) {
    if (hour < 1 || hour > 12) return {};
    TextCursor behind = cursor;
    const char half = behind.any_of("aApP");
    behind.skip(".", 1);
    behind.skip(" ", 1);
    if (half == '\0' || behind.any_of("mM") == '\0') return {};
    behind.skip(".", 1);
    cursor = behind;
    return hour % 12 + (half == 'p' || half == 'P' ? 12 : 0);
}

}  // namespace dadcam::footage
