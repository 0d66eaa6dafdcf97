#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <functional>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/hash.hpp>
#include <libdadcam/library/atomic_file.hpp>
#include <libdadcam/library/originals.hpp>
#include <vector>

namespace dadcam::library {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kChunk = 1 << 20;

/// Reads a file to its end, hands each chunk on, and returns the hash of all of it.
std::string read_all(const fs::path& path, const std::function<void(std::string_view)>& each) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw Error(Category::input_not_found, fmt::format("{} cannot be read.", path.string()));
    footage::Hash hash;
    std::vector<char> buffer(kChunk);
    while (file.read(buffer.data(), static_cast<std::streamsize>(buffer.size())), file.gcount() > 0) {
        const std::string_view chunk(buffer.data(), static_cast<std::size_t>(file.gcount()));
        hash.add(chunk);
        each(chunk);
    }
    if (file.bad()) throw Error(Category::input_not_found, fmt::format("{} cannot be read to its end.", path.string()));
    return hash.finish();
}

/// A name that is free: "clip.mov", else "clip_2.mov" …
fs::path free_name(const fs::path& folder, const fs::path& name) {
    fs::path candidate = folder / name;
    std::error_code error;
    for (int number = 2; fs::exists(fs::symlink_status(candidate, error)); ++number) {
        candidate = folder / fmt::format("{}_{}{}", name.stem().string(), number, name.extension().string());
    }
    return candidate;
}

}  // namespace

footage::Clip copy_original(const Library& library, const fs::path& file, footage::Clip clip) {
    const auto& time = clip.recorded.time;
    const fs::path folder = library.root() / "originals" / time.substr(0, 4) / time.substr(5, 2);
    const fs::path destination = free_name(folder, file.filename());
    AtomicFile copy(destination, folder / fmt::format(".{}.dadcam-copy.tmp", destination.filename().string()));
    std::ofstream out(copy.temporary(), std::ios::binary);
    const auto written = read_all(file, [&](std::string_view chunk) {
        if (!out.write(chunk.data(), static_cast<std::streamsize>(chunk.size())))
            throw_write_error(copy.temporary(), errno);
    });
    out.close();
    if (!out) throw_write_error(copy.temporary(), errno);
    if (read_all(copy.temporary(), [](std::string_view) {}) != written) {
        throw Error(Category::output_write_error,
                    fmt::format("The copy of {} is not the same as the file.", file.string()),
                    "The disk may be failing. The file itself was not touched.");
    }
    std::error_code error;
    fs::last_write_time(copy.temporary(), fs::last_write_time(file, error), error);
    copy.commit();
    clip.path = library.stored(destination);
    clip.state = footage::file_state(destination);
    return clip;
}

}  // namespace dadcam::library
