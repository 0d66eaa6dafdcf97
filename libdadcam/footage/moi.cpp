#include <libdadcam/footage/moi.hpp>
#include <libdadcam/footage/wall_time.hpp>

namespace dadcam::footage {

std::optional<Moi> read_moi(std::string_view bytes) {
    constexpr std::size_t kDateEnd = 14, kAspect = 0x80;
    if (!bytes.starts_with("V6") || bytes.size() < kDateEnd) return {};
    const auto byte = [&](std::size_t at) { return static_cast<int>(static_cast<unsigned char>(bytes[at])); };
    const auto pair = [&](std::size_t at) { return byte(at) * 256 + byte(at + 1); };
    Moi moi;
    moi.wall = wall_time({pair(6), byte(8), byte(9), byte(10), byte(11), pair(12) / 1000});
    if (bytes.size() > kAspect) {
        const int aspect = byte(kAspect) % 16;  // beside it the number of lines
        if (aspect == 0 || aspect == 1) moi.wide = false;
        if (aspect == 4 || aspect == 5) moi.wide = true;
    }
    return moi;
}

std::vector<std::string> moi_names(const std::string& stem) {
    return {stem + ".MOI", stem + ".moi", stem + ".Moi"};
}

}  // namespace dadcam::footage
