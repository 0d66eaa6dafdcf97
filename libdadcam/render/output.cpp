#include <fmt/format.h>
#include <sys/stat.h>

#include <libdadcam/library/clip_store.hpp>
#include <libdadcam/library/file_system.hpp>
#include <libdadcam/render/output.hpp>

namespace dadcam::render {
namespace {

namespace fs = std::filesystem;

/// What a file system allows in a name, less what a temporary file's name has more.
constexpr std::size_t kLongestName = 255 - 50;

bool same_file(const fs::path& one, const fs::path& other) {
    struct stat a {
    }, b{};
    return ::lstat(one.c_str(), &a) == 0 && ::lstat(other.c_str(), &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

/// One of the clips, by whatever path: through another mount, or in other letters. A link to a clip elsewhere is not.
bool is_a_clip(library::Library& library, const fs::path& file) {
    for (const auto& [path, known] : library::known_files(library)) {
        const auto clip = library.root() / path;
        if (same_file(clip, file) && same_file(clip.parent_path(), file.parent_path())) return true;
    }
    return false;
}

}  // namespace

void check_output(library::Library& library, const fs::path& output, bool replace) {
    std::error_code error;
    const auto folder = output.parent_path();
    const auto refuse = [&](const std::string& reason, const std::string& advice) {
        throw Error(Category::output_write_error, fmt::format("{} cannot be written: {}.", output.string(), reason),
                    advice);
    };
    if (!output.has_filename() || fs::is_directory(output, error))
        refuse("it is a folder", "Name a file, for example film.mp4.");
    if (!fs::is_directory(folder, error))
        refuse("there is no such folder", "Make the folder first, or choose another.");
    const auto inside = library.stored(output);
    const auto in_store = output.lexically_relative(library.segments());
    if (inside.rfind(std::string(library::kFolder) + "/", 0) == 0 || (!in_store.empty() && *in_store.begin() != "..")) {
        refuse("it lies among dadcam's own files", "Choose another place, or leave -o out.");
    }
    if (output.filename().string().size() > kLongestName) {
        refuse("its name is too long", fmt::format("Use at most {} bytes.", kLongestName));
    }
    if (!library::takes_name(folder, output.filename().string())) {
        refuse("its disk does not allow such a name", "Leave out \" * : < > ? \\ | and a dot or blank at the end.");
    }
    const auto there = fs::symlink_status(output, error);
    if (fs::exists(there) && !replace) {
        refuse("it exists already", "Choose another name, or give --force to replace it when the film is finished.");
    }
    if (fs::exists(there) && !fs::is_regular_file(there) && !fs::is_symlink(there)) {
        refuse("it is not a file", "Choose another name.");
    }
    if (library::known_file(library, inside) || (fs::exists(there) && is_a_clip(library, output))) {
        refuse("it is one of the library's clips", "Choose another name. Originals are never replaced.");
    }
    if (!library::can_be_made(folder)) refuse("its folder is not writable", "Choose a folder that you can write to.");
}

}  // namespace dadcam::render
