#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/identity.hpp>
#include <libdadcam/hash.hpp>
#include <vector>

namespace dadcam::footage {
namespace {

constexpr std::int64_t kEnd = 1 << 20;

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& reason) {
    throw Error(Category::input_not_found, fmt::format("{} cannot be read: {}.", path.string(), reason));
}

}  // namespace

FileState file_state(const std::filesystem::path& path) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) fail(path, std::strerror(errno));
    if (!S_ISREG(info.st_mode)) fail(path, "it is not a regular file");
    return {info.st_size, info.st_mtim.tv_sec * 1'000'000'000 + info.st_mtim.tv_nsec};
}

std::string content_identity(const std::filesystem::path& path) {
    const std::int64_t size = file_state(path).size_bytes;
    std::ifstream file(path, std::ios::binary);
    if (!file) fail(path, std::strerror(errno));
    Hash hash;
    hash.add_field(fmt::format("{}", size));
    std::string buffer;
    const auto add_part = [&](std::int64_t from, std::int64_t length) {
        buffer.resize(static_cast<std::size_t>(length));
        file.seekg(from);
        file.read(buffer.data(), length);
        if (file.gcount() != length) fail(path, "it is shorter than its size says");
        hash.add(buffer);
    };
    add_part(0, std::min(size, kEnd));
    if (size > kEnd) add_part(std::max(kEnd, size - kEnd), std::min(kEnd, size - kEnd));
    return hash.finish();
}

std::string content_hash(const std::filesystem::path& path, const std::function<void(std::string_view)>& each) {
    std::ifstream file(path, std::ios::binary);
    if (!file) fail(path, std::strerror(errno));
    Hash hash;
    std::vector<char> buffer(kEnd);
    while (file.read(buffer.data(), static_cast<std::streamsize>(buffer.size())), file.gcount() > 0) {
        const std::string_view chunk(buffer.data(), static_cast<std::size_t>(file.gcount()));
        hash.add(chunk);
        if (each) each(chunk);
    }
    if (file.bad()) fail(path, "it ends too early");
    return hash.finish();
}

}  // namespace dadcam::footage
