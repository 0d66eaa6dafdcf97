#include <algorithm>
#include <fstream>
#include <libdadcam/render/schedule.hpp>
#include <optional>
#include <string>
#include <thread>

namespace dadcam::render {
namespace {

constexpr std::int64_t kMegabyte = 1'000'000;

/// In bytes; nothing when the file is not there or says "max".
std::optional<std::int64_t> number_in(const char* path) {
    std::ifstream in(path);
    std::int64_t value = 0;
    return in >> value ? std::optional(value) : std::nullopt;
}

std::int64_t available_memory() {
    constexpr std::int64_t kKilobyte = 1024;
    std::ifstream in("/proc/meminfo");
    std::string name, unit;
    for (std::int64_t value = 0; in >> name >> value; std::getline(in, unit)) {
        if (name == "MemAvailable:") return value * kKilobyte;
    }
    return 0;
}

std::int64_t pixels(std::int64_t width, std::int64_t height) {
    return width * height;
}

}  // namespace

Machine this_machine() {
    Machine machine{std::max(1U, std::thread::hardware_concurrency()), available_memory()};
    const auto limit = number_in("/sys/fs/cgroup/memory.max");
    const auto used = number_in("/sys/fs/cgroup/memory.current");
    if (limit && used && machine.memory > 0) {
        machine.memory = std::clamp<std::int64_t>(*limit - *used, 1, machine.memory);
    }
    return machine;
}

// Measured with ffmpeg 5.1, as its largest resident set: libx264 80 MB at 320x180, 274 at 1280x720, 516 at 1920x1080,
// 1731 at 3840x2160; ProRes less; each further source that is read 38 MB at 3840x2160.
std::int64_t memory_of_worker(const Snapshot& snapshot) {
    constexpr std::int64_t kLeast = 100 * kMegabyte, kFilmPixel = 250, kSourcePixel = 50;
    std::int64_t largest = 0;
    for (const auto& clip : snapshot.inputs) largest = std::max(largest, pixels(clip.facts.width, clip.facts.height));
    const auto& size = snapshot.format.size;
    return kLeast + kFilmPixel * pixels(size.width, size.height) + kSourcePixel * largest;
}

unsigned workers_for(const Machine& machine, const Snapshot& snapshot) {
    if (machine.memory <= 0) return machine.cores;
    return static_cast<unsigned>(
        std::clamp<std::int64_t>(machine.memory / memory_of_worker(snapshot), 1, machine.cores));
}

std::vector<std::size_t> order_of(std::vector<std::size_t> missing, std::span<const timeline::Segment> segments,
                                  unsigned workers) {
    if (workers < 2) return missing;
    const auto last = std::min<std::size_t>(missing.size(), std::size_t{2} * workers);
    std::stable_sort(missing.end() - static_cast<std::ptrdiff_t>(last), missing.end(),
                     [&](std::size_t a, std::size_t b) { return segments[a].frames > segments[b].frames; });
    return missing;
}

}  // namespace dadcam::render
