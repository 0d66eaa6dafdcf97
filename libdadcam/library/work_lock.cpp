#include <fcntl.h>
#include <fmt/format.h>

#include <libdadcam/error.hpp>
#include <libdadcam/library/host_lock.hpp>
#include <libdadcam/library/work_lock.hpp>
#include <utility>

namespace dadcam::library {
namespace {

std::filesystem::path lock_file(const Library& library, Work work) {
    switch (work) {
        case Work::rendering:
            return library.folder("render.lock");
        case Work::copying:
            return library.folder("copy.lock");
        case Work::picturing:
            break;
    }
    return library.folder("gallery.lock");
}

const char* words_for(Work work) {
    if (work == Work::picturing) return "making pictures for";
    return work == Work::rendering ? "rendering in" : "copying into";
}

std::optional<HolderFile> lock(const std::filesystem::path& path, const std::filesystem::path& folder) {
    auto file = HolderFile::open(path);
    if (!file.lock(F_WRLCK)) return std::nullopt;
    file.write(this_process(folder));  // for others to read; on a full disk it holds without
    return file;
}

}  // namespace

std::optional<WorkLock> WorkLock::acquire(const Library& library, Work work) {
    auto file = lock(lock_file(library, work), library.folder());
    if (!file) return std::nullopt;
    WorkLock held(std::move(*file));
    if (work != Work::rendering || !library.store()) return held;
    const auto store = library.segments();
    library.make_own_folder(store);
    if (HostLock::is_needed(store)) held.of_stores_disk_ = HostLock::acquire(store, {});
    if (auto of_store = lock(store / "render.lock", store))
        held.of_store_.emplace(std::move(*of_store));
    else
        return std::nullopt;
    return held;
}

bool WorkLock::is_held(const Library& library, Work work) {
    const auto file = HolderFile::look(lock_file(library, work));
    return (file && file->is_locked()) || HostLock::other_machine(library.folder());
}

Error WorkLock::held_by_another(const Library& library, Work work) {
    const bool in_copy = work == Work::rendering && library.store() && !is_held(library, work);
    const auto file = HolderFile::look(in_copy ? library.segments() / "render.lock" : lock_file(library, work));
    const auto holder = file ? file->read().holder : std::nullopt;
    return Error(Category::busy,
                 fmt::format("Another dadcam is {} {}{}.", words_for(work),
                             in_copy ? fmt::format("a copy of this library, which has its segments in {}, too",
                                                   library.segments().string())
                                     : "this library",
                             holder ? ": " + described(*holder) : ""),
                 work == Work::rendering ? "Try again when it is done, or give --wait; `dadcam export-history --status "
                                           "rendering` shows what it does."
                                         : "Try again when it is done.");
}

}  // namespace dadcam::library
