#include <apps/arguments/brackets.hpp>

namespace dadcam::app {
namespace {

constexpr char kEscape = '\x7f';

}  // namespace

std::string without_brackets(const std::string& word) {
    std::string hidden;
    for (const char c : word) {
        const bool hide = c == '[' || c == '{' || c == kEscape;
        if (hide) hidden += kEscape;
        hidden += hide ? static_cast<char>(c ^ 1) : c;
    }
    return hidden;
}

std::string with_brackets(const std::string& hidden) {
    std::string word;
    bool escaped = false;
    for (const char c : hidden) {
        if (!escaped && c == kEscape) {
            escaped = true;
            continue;
        }
        word += escaped ? static_cast<char>(c ^ 1) : c;
        escaped = false;
    }
    return word;
}

}  // namespace dadcam::app
