#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/identity.hpp>
#include <libdadcam/hash.hpp>
#include <libdadcam/units.hpp>
#include <vector>

namespace dadcam::footage {
namespace {

constexpr std::int64_t kEnd = 1 << 20;

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& reason) {
    throw Error(Category::input_not_found, fmt::format("{} cannot be read: {}.", path.string(), reason));
}

/// A hash of a file's size and of parts of it.
class Parts {
public:
    explicit Parts(const std::filesystem::path& path)
        : path_(path), size_(file_state(path).size_bytes), file_(path, std::ios::binary) {
        if (!file_) fail(path, std::strerror(errno));
        hash_.add_field(fmt::format("{}", size_));
    }
    std::int64_t size() const { return size_; }
    void add(std::int64_t from, std::int64_t length) {
        buffer_.resize(static_cast<std::size_t>(length));
        file_.seekg(from);
        file_.read(buffer_.data(), length);
        if (file_.gcount() != length) fail(path_, "it is shorter than its size says");
        hash_.add(buffer_);
    }
    std::string finish() { return hash_.finish(); }

private:
    const std::filesystem::path& path_;
    std::int64_t size_;
    std::ifstream file_;
    Hash hash_;
    std::string buffer_;
};

}  // namespace

FileState file_state(const std::filesystem::path& path) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) fail(path, std::strerror(errno));
    if (!S_ISREG(info.st_mode)) fail(path, "it is not a regular file");
    return {info.st_size, info.st_mtim.tv_sec * 1'000'000'000 + info.st_mtim.tv_nsec};
}

std::string content_identity(const std::filesystem::path& path) {
    Parts parts(path);
    const auto size = parts.size();
    parts.add(0, std::min(size, kEnd));
    if (size > kEnd) parts.add(std::max(kEnd, size - kEnd), std::min(kEnd, size - kEnd));
    return parts.finish();
}

std::string sampled_identity(const std::filesystem::path& path) {
    constexpr std::int64_t kPlaces = 64, kSample = 64 << 10, kReadWhole = 16 << 20;
    Parts parts(path);
    const auto between = parts.size() - 2 * kEnd;
    if (between <= 0) return {};
    if (parts.size() <= kReadWhole) {
        for (std::int64_t at = 0; at < between; at += kEnd) parts.add(kEnd + at, std::min(kEnd, between - at));
    } else {
        for (std::int64_t place = 0; place < kPlaces; ++place) {
            parts.add(kEnd + rounded_product(between - kSample, place, kPlaces - 1), kSample);
        }
    }
    return parts.finish();
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
