#pragma once

#include <filesystem>
#include <system_error>
#include <utility>

namespace dadcam::render {

/// A file or folder of the run's own. Nothing is there at the beginning, so that no link that waits there is written
/// through; and nothing at the end of the scope, unless it is to be kept.
class Scratch {
public:
    explicit Scratch(std::filesystem::path path) : path_(std::move(path)) { clear(); }
    ~Scratch() {
        if (!path_.empty()) clear();
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    const std::filesystem::path& path() const { return path_; }
    void keep() { path_.clear(); }

private:
    void clear() const {
        std::error_code error;
        std::filesystem::remove_all(path_, error);
    }

    std::filesystem::path path_;
};

}  // namespace dadcam::render
