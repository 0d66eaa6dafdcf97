#pragma once

#include <libdadcam/library/library.hpp>
#include <optional>

namespace dadcam::library {

/// Work that only one process does in a library at a time.
enum class Work { rendering, copying };

/// An OS lock on .dadcam/render.lock or copy.lock, released by the kernel when its holder ends, however that happens.
class WorkLock {
public:
    /// Nothing when another process holds it. Error(output_write_error) when it cannot be tried.
    static std::optional<WorkLock> acquire(const Library& library, Work work);

    /// True when some process holds it now. Only looks: nobody who wants the lock meanwhile is kept from it.
    static bool is_held(const Library& library, Work work);

    WorkLock(WorkLock&& other) noexcept;
    WorkLock& operator=(WorkLock&&) = delete;
    ~WorkLock();

private:
    explicit WorkLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace dadcam::library
