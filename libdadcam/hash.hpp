#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace dadcam {

/// BLAKE2b-512 by OpenSSL, cut to 256 bits, as lower-case hex behind its name: "blake2b:9f86…".
/// Throws std::runtime_error when OpenSSL has no BLAKE2b.
class Hash {
public:
    Hash();
    void add(std::string_view bytes);
    /// Adds the length first, so that ("ab","c") and ("a","bc") differ.
    void add_field(std::string_view text);
    /// Ends the hash; nothing can be added after it.
    std::string finish();

private:
    struct Free {
        void operator()(void* context) const;
    };
    std::unique_ptr<void, Free> context_;
};

/// The hex digits of a hash that a row or a file's name holds, without the name in front. Empty for what can be none:
/// whatever makes a path of it is then within its folder.
std::string hash_digits(std::string_view hash);

}  // namespace dadcam
