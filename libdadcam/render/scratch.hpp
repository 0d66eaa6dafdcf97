#pragma once

#include <filesystem>
#include <system_error>
#include <utility>

namespace dadcam::render {

/// A file of the run's own that is gone at the end of the scope, unless it is to be kept.
class Scratch {
public:
    explicit Scratch(std::filesystem::path path) : path_(std::move(path)) {}
    ~Scratch() {
        std::error_code error;
        if (!path_.empty()) std::filesystem::remove(path_, error);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    const std::filesystem::path& path() const { return path_; }
    void keep() { path_.clear(); }

private:
    std::filesystem::path path_;
};

}  // namespace dadcam::render
