#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <future>
#include <libdadcam/library/atomic_file.hpp>
#include <libdadcam/process/stop.hpp>
#include <libdadcam/render/encoder.hpp>
#include <libdadcam/render/scratch.hpp>
#include <string>

namespace dadcam::render {

/// A picture of the film, made by an ffmpeg beside other work.
class Thumbnail {
public:
    /// `encoding` writes `temporary`.
    Thumbnail(Encoding encoding, std::filesystem::path place, std::filesystem::path temporary,
              const process::Stop& stop);
    /// Ends what still runs. A picture that was not kept is gone.
    ~Thumbnail();
    Thumbnail(const Thumbnail&) = delete;
    Thumbnail& operator=(const Thumbnail&) = delete;

    /// Waits for the picture and puts it into its place; `on_wait` is called at least every 100 ms, and may throw to
    /// end that. Returns why there is none; empty: it is there. Error(cancelled).
    std::string finish(const std::function<void()>& on_wait);
    /// It stays where it is.
    void keep() { place_.keep(); }

private:
    Scratch place_;
    library::AtomicFile file_;
    std::atomic<bool> unwanted_{false};
    std::future<Encoded> encoded_;  // last: waited for before what its thread uses is gone
};

}  // namespace dadcam::render
