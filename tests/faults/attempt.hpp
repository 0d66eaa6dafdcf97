#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace dadcam::faults {

class Bench;
class Trial;

struct Options {
    std::filesystem::path program;
    std::uint64_t seed = 1;
    unsigned moments = 6;  ///< how many kills; signals a quarter of it
    std::chrono::seconds lock_time{2};
    unsigned lines = 200'000;  ///< of an ffmpeg that floods
    unsigned at_once = 3;      ///< attempts made at the same time
    std::vector<std::string> only{};
    bool one_of_a_kind = false;
    bool keep = false;
};

/// Something was lost or broken: what.
struct Lost : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The fault cannot be made on this machine: why.
struct Skipped : std::runtime_error {
    using std::runtime_error::runtime_error;
};

void expect(bool is_so, const std::string& otherwise);

/// One fault, made once in a fresh library.
struct Attempt {
    std::string kind;  ///< its row of the table
    std::string name;  ///< which one of the kind, to make it again
    /// Makes the fault and checks that nothing was lost; returns what was seen. Throws Lost or Skipped.
    std::function<std::string(Trial&)> act;
};
using Attempts = std::vector<Attempt>;

Attempts kills(const Bench& bench);
Attempts kills_at_calls(const Bench& bench);
Attempts kills_of_copies(const Bench& bench);
Attempts signals(const Bench& bench);
Attempts full_disks();
Attempts read_only_folders();
Attempts changed_sources();
Attempts damaged_segments();
Attempts locked_database();
Attempts exports_at_once(const Bench& bench);
Attempts changed_clocks();
Attempts lying_ffmpegs();
Attempts order_of_calls();
Attempts flushes();
Attempts hostile_libraries();
Attempts shared_libraries(const Bench& bench);

}  // namespace dadcam::faults
