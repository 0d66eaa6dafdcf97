#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace dadcam::footage {

/// A place in a text from which dates are read. What it does not find leaves it where it was.
class TextCursor {
public:
    explicit TextCursor(std::string_view text, std::size_t at = 0) : text_(text), at_(at) {}

    std::size_t at() const { return at_; }
    bool at_end() const { return at_ >= text_.size(); }
    char peek() const { return at_end() ? '\0' : text_[at_]; }
    bool at_digit() const { return is_digit(peek()); }

    /// A number of least to most digits. Digits behind these are left.
    std::optional<int> number(std::size_t least, std::size_t most);
    /// One of these bytes; '\0' for none.
    char any_of(std::string_view bytes);
    /// These very bytes; ASCII letters in either case.
    bool word(std::string_view wanted);
    /// As many of these bytes as there are, up to `most`. How many.
    std::size_t skip(std::string_view bytes, std::size_t most = std::string_view::npos);

    static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

private:
    std::string_view text_;
    std::size_t at_;
};

/// "AM", "PM", "a.m." or "p. m.", in either case: the hour of the day that it makes of one of a half-day. Nothing when
/// there is neither or the hour is not one of 1 to 12.
std::optional<int> half_day_hour(TextCursor& cursor, int hour);

}  // namespace dadcam::footage
