#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <libdadcam/hash.hpp>
#include <stdexcept>

namespace dadcam {
namespace {

constexpr unsigned kBytesKept = 32;

EVP_MD_CTX* context_of(const auto& pointer) {
    return static_cast<EVP_MD_CTX*>(pointer.get());
}

void check(int result) {
    if (result != 1) throw std::runtime_error("OpenSSL cannot compute BLAKE2b");
}

}  // namespace

void Hash::Free::operator()(void* context) const {
    EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context));
}

Hash::Hash() : context_(EVP_MD_CTX_new()) {
    check(EVP_DigestInit_ex(context_of(context_), EVP_blake2b512(), nullptr));
}

void Hash::add(std::string_view bytes) {
    check(EVP_DigestUpdate(context_of(context_), bytes.data(), bytes.size()));
}

void Hash::add_field(std::string_view text) {
    add(fmt::format("{}:", text.size()));
    add(text);
}

std::string Hash::finish() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    check(EVP_DigestFinal_ex(context_of(context_), digest.data(), nullptr));
    std::string text = "blake2b:";
    for (unsigned i = 0; i < kBytesKept; ++i) text += fmt::format("{:02x}", digest[i]);
    return text;
}

std::string hash_digits(std::string_view hash) {
    const auto digits = hash.substr(hash.find(':') + 1);
    const bool is_one = digits.size() >= 2 && digits.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    return std::string(is_one ? digits : "");
}

}  // namespace dadcam
