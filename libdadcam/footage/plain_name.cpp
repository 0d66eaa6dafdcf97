#include <utf8proc.h>

#include <cstdlib>
#include <libdadcam/footage/plain_name.hpp>
#include <memory>

namespace dadcam::footage {
namespace {

/// Nothing when it is no UTF-8.
std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> composed(const std::string& name) {
    utf8proc_uint8_t* result = nullptr;
    const auto bytes = ::utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(name.data()),
                                      static_cast<utf8proc_ssize_t>(name.size()), &result,
                                      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    return {bytes < 0 ? nullptr : result, &std::free};
}

std::string from_latin_1(const std::string& name) {
    std::string text;
    for (const char character : name) {
        const auto byte = static_cast<unsigned char>(character);
        if (byte < 0x80) {
            text += character;
        } else {
            text += static_cast<char>(0xc0U | byte >> 6U);
            text += static_cast<char>(0x80U | (byte & 0x3fU));
        }
    }
    return text;
}

}  // namespace

std::string plain_name(const std::string& name) {
    const auto result = composed(name);
    return result ? reinterpret_cast<const char*>(result.get()) : from_latin_1(name);
}

}  // namespace dadcam::footage
