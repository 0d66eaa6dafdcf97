#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <libdadcam/library/atomic_file.hpp>
#include <libdadcam/process/stop.hpp>
#include <libdadcam/render/encoder.hpp>
#include <string>
#include <thread>

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

    /// Waits for the picture and puts it into its place. Returns why there is none; empty: it is there.
    /// Error(cancelled).
    std::string finish();
    /// It stays where it is.
    void keep() { keep_ = true; }

private:
    library::AtomicFile file_;
    std::filesystem::path place_;
    bool made_ = false;
    bool keep_ = false;
    std::atomic<bool> unwanted_{false};
    Encoded encoded_;
    std::jthread thread_;  // last: joined before what it uses is gone
};

}  // namespace dadcam::render
