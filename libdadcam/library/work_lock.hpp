#pragma once

#include <libdadcam/library/library.hpp>
#include <memory>
#include <optional>

namespace dadcam::library {

/// Work that only one process does in a library at a time.
enum class Work { rendering, copying };

/// An OS lock on .dadcam/render.lock or copy.lock, released by the kernel when its holder ends, however that happens.
/// Who renders has one on render.lock beside the library's segments in a store elsewhere, too: a copy of the library
/// has its segments there as well.
class WorkLock {
public:
    /// Nothing when another process holds it. Error(output_write_error) when it cannot be tried.
    static std::optional<WorkLock> acquire(const Library& library, Work work);

    /// True when some process holds it now. Only looks: nobody who wants the lock meanwhile is kept from it.
    static bool is_held(const Library& library, Work work);

    /// Error(busy) that says where: in this library, or in a copy of it that has its segments in the same store.
    static Error held_by_another(const Library& library, Work work);

    WorkLock(WorkLock&& other) noexcept;
    WorkLock& operator=(WorkLock&&) = delete;
    ~WorkLock();

private:
    explicit WorkLock(int descriptor) : descriptor_(descriptor) {}
    static std::optional<WorkLock> acquire(const std::filesystem::path& file);
    int descriptor_;
    std::unique_ptr<WorkLock> of_store_;
};

}  // namespace dadcam::library
