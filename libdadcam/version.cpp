#include <ebur128.h>
#include <fmt/format.h>
#include <ft2build.h>
#include <openssl/crypto.h>
#include <sqlite3.h>
#include <unicode/uvernum.h>
#include <utf8proc.h>

#include <boost/version.hpp>
#include <libdadcam/version.hpp>
#include <nlohmann/json.hpp>
#include FT_FREETYPE_H

namespace dadcam {
namespace {

std::string ebur128() {
    int major = 0, minor = 0, patch = 0;
    ::ebur128_get_version(&major, &minor, &patch);
    return fmt::format("{}.{}.{}", major, minor, patch);
}

}  // namespace

std::string_view version() {
    return DADCAM_VERSION;
}

std::vector<std::pair<std::string, std::string>> library_versions() {
    const auto of_number = [](int number, int thousands) {
        return fmt::format("{}.{}.{}", number / (thousands * thousands), number / thousands % thousands,
                           number % thousands);
    };
    constexpr int kBoost = BOOST_VERSION;
    return {{"SQLite", ::sqlite3_libversion()},
            {"OpenSSL", ::OpenSSL_version(OPENSSL_VERSION_STRING)},
            {"utf8proc", ::utf8proc_version()},
            {"ICU", U_ICU_VERSION},
            {"FreeType", fmt::format("{}.{}.{}", FREETYPE_MAJOR, FREETYPE_MINOR, FREETYPE_PATCH)},
            {"libebur128", ebur128()},
            {"fmt", of_number(FMT_VERSION, 100)},
            {"Boost", fmt::format("{}.{}.{}", kBoost / 100000, kBoost / 100 % 1000, kBoost % 100)},
            {"nlohmann/json", fmt::format("{}.{}.{}", NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR,
                                          NLOHMANN_JSON_VERSION_PATCH)}};
}

}  // namespace dadcam
