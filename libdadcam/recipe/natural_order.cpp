#include <algorithm>
#include <libdadcam/recipe/natural_order.hpp>

namespace dadcam::recipe {
namespace {

bool is_digit(char character) {
    return character >= '0' && character <= '9';
}

/// Takes a number off the front, without the zeros that it begins with.
std::string_view take_number(std::string_view& text) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    auto number = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(number.size());
    number.remove_prefix(std::min(number.find_first_not_of('0'), number.size()));
    return number;
}

}  // namespace

bool naturally_before(std::string_view a, std::string_view b) {
    auto left = a, right = b;
    while (!left.empty() && !right.empty()) {
        if (is_digit(left.front()) && is_digit(right.front())) {
            const auto one = take_number(left), other = take_number(right);
            if (one.size() != other.size()) return one.size() < other.size();
            if (one != other) return one < other;
        } else if (left.front() != right.front()) {
            return static_cast<unsigned char>(left.front()) < static_cast<unsigned char>(right.front());
        } else {
            left.remove_prefix(1);
            right.remove_prefix(1);
        }
    }
    if (left.empty() != right.empty()) return left.empty();
    return a < b;
}

}  // namespace dadcam::recipe
