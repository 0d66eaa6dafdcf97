#pragma once

#include <filesystem>
#include <libdadcam/library/library.hpp>
#include <optional>

namespace dadcam::library {

/// One renderer a library: an OS lock on .dadcam/render.lock, released by the kernel when its holder ends, however
/// that happens.
class RenderLock {
public:
    /// Nothing when another process renders in this library. Error(output_write_error) when it cannot be tried.
    static std::optional<RenderLock> acquire(const Library& library);

    RenderLock(RenderLock&& other) noexcept;
    RenderLock& operator=(RenderLock&&) = delete;
    ~RenderLock();

private:
    explicit RenderLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace dadcam::library
