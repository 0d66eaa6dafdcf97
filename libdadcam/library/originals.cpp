#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/identity.hpp>
#include <libdadcam/library/atomic_file.hpp>
#include <libdadcam/library/file_system.hpp>
#include <libdadcam/library/originals.hpp>

namespace dadcam::library {
namespace {

namespace fs = std::filesystem;

/// In every folder the same: one copies at a time, so what bears this name is nobody's.
constexpr const char* kTemporary = ".dadcam-copy.tmp";

/// What has come to the disk. What was just written would be read from memory, where it is whole in any case.
std::string hash_on_disk(const fs::path& copy) {
    write_through(copy);
    return footage::content_hash(copy);
}

bool is_copy_of(const fs::path& copy, const fs::path& file, const std::string& content_id) {
    std::error_code error;
    return fs::is_regular_file(fs::symlink_status(copy, error)) && footage::content_identity(copy) == content_id &&
           hash_on_disk(copy) == footage::content_hash(file);
}

/// A name that is free, or that the copy has already: "clip.mov", else "clip_2.mov" … On a disk that does not take the
/// file's own, one like it.
fs::path place_for(const fs::path& folder, const fs::path& file, const std::string& content_id) {
    fs::path name = file.filename();
    if (!takes_name(folder, name.string())) name = name_for_any_disk(name.string());
    fs::path candidate = folder / name;
    std::error_code error;
    for (int number = 2; fs::exists(fs::symlink_status(candidate, error)) && !is_copy_of(candidate, file, content_id);
         ++number) {
        candidate = folder / fmt::format("{}_{}{}", name.stem().string(), number, name.extension().string());
    }
    return candidate;
}

/// Copies, and reads the copy back from the disk.
void copy_verified(const fs::path& file, const fs::path& destination) {
    AtomicFile copy(destination, destination.parent_path() / kTemporary);
    std::ofstream out(copy.temporary(), std::ios::binary);
    const auto written = footage::content_hash(file, [&](std::string_view chunk) {
        if (!out.write(chunk.data(), static_cast<std::streamsize>(chunk.size())))
            throw_write_error(copy.temporary(), errno);
    });
    out.close();
    if (!out) throw_write_error(copy.temporary(), errno);
    if (hash_on_disk(copy.temporary()) != written) {
        throw Error(Category::output_write_error,
                    fmt::format("The copy of {} is not the same as the file.", file.string()),
                    "The disk may be failing. The file itself was not touched.");
    }
    std::error_code error;
    fs::last_write_time(copy.temporary(), fs::last_write_time(file, error), error);
    // Whoever is told of a copy may empty the card.
    if (const auto warning = copy.commit(Existing::keep); !warning.empty()) {
        throw Error(Category::output_write_error, warning, "Run the same command again to add the copy.");
    }
}

}  // namespace

void sweep_copies(const Library& library, const WorkLock&) {
    std::error_code error;
    if (fs::is_symlink(library.root() / kOriginals, error)) return;
    for (const auto& year : fs::directory_iterator(library.root() / kOriginals, error)) {
        if (!year.is_directory(error) || year.is_symlink(error)) continue;
        for (const auto& month : fs::directory_iterator(year, error)) {
            if (month.is_directory(error) && !month.is_symlink(error)) fs::remove(month.path() / kTemporary, error);
        }
    }
}

footage::Clip copy_original(const Library& library, const WorkLock&, const fs::path& file, footage::Clip clip,
                            const Zone& zone) {
    const auto time = footage::local_text(clip.recorded, zone);
    const fs::path folder = library.root() / kOriginals / time.substr(0, 4) / time.substr(5, 2);
    library.make_own_folder(folder);
    const fs::path destination = place_for(folder, file, clip.content_id);
    std::error_code error;
    if (!fs::exists(fs::symlink_status(destination, error))) copy_verified(file, destination);
    clip.path = library.stored(destination);
    clip.state = footage::file_state(destination);
    return clip;
}

}  // namespace dadcam::library
