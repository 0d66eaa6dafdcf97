#pragma once

#include <libdadcam/library/holder.hpp>
#include <libdadcam/library/library.hpp>
#include <memory>
#include <optional>

namespace dadcam::library {

/// Work that only one process does in a library at a time.
enum class Work { rendering, copying, picturing };

/// An OS lock on .dadcam/render.lock, copy.lock or gallery.lock, in which its holder is named. Between machines the
/// library's own lock holds: whoever has the library open for writing has that. Who renders has one on render.lock
/// beside the library's segments in a store elsewhere, too: a copy of the library has its segments there as well.
class WorkLock {
public:
    /// Nothing when another process holds it. Error(output_write_error) when it cannot be tried.
    static std::optional<WorkLock> acquire(const Library& library, Work work);

    /// True when some process holds it now, or another machine has the library. Only looks: nobody who wants the lock
    /// meanwhile is kept from it.
    static bool is_held(const Library& library, Work work);

    /// Error(busy) naming who holds it, and where: "Another dadcam is rendering in this library: process 4711 on nas,
    /// since 2019-07-14T18:30 UTC.", or in a copy of it that has its segments in the same store.
    static Error held_by_another(const Library& library, Work work);

private:
    explicit WorkLock(HolderFile file) : file_(std::move(file)) {}
    HolderFile file_;
    std::optional<HolderFile> of_store_;
    std::unique_ptr<HostLock> of_stores_disk_;
};

}  // namespace dadcam::library
