#include <fstream>
#include <libdadcam/footage/first_bytes.hpp>

namespace dadcam::footage {

std::string first_bytes_of(const std::filesystem::path& file, std::size_t most) {
    return bytes_from(file, 0, most);
}

std::string bytes_from(const std::filesystem::path& file, std::int64_t place, std::size_t most) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error)) return {};
    std::ifstream in(file, std::ios::binary);
    in.seekg(place);
    std::string bytes(most, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(most));
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    return bytes;
}

}  // namespace dadcam::footage
