#pragma once

#include <cstdint>
#include <filesystem>
#include <libdadcam/footage/names.hpp>
#include <set>
#include <string>
#include <vector>

namespace dadcam::footage {

struct Refused {
    std::filesystem::path path;
    std::string reason;
};

struct PassedOver {
    std::filesystem::path path;
    Kind kind = Kind::companion;
    bool operator==(const PassedOver&) const = default;
};

enum class Take {
    footage,
    all,  ///< also what is passed over for its kind, but for links
};

/// What lies below the places that a user named. Each list is sorted.
struct Found {
    std::vector<std::filesystem::path> candidates;  ///< absolute, canonical, each once
    std::set<std::filesystem::path> named;          ///< those of the candidates that are such places themselves
    /// Candidates beside a photo of their name that do not tell their length: is_moving_photo() knows when it is
    /// measured.
    std::set<std::filesystem::path> beside_photos;
    std::vector<std::filesystem::path> ignored;  ///< not footage by their names: photos, side files, documents
    std::vector<PassedOver> passed_over;         ///< no candidates, and absolute; a system folder stands for all in it
    std::vector<Refused> refused;                ///< named but not there, or folders that cannot be read
};

/// Searches folders. Hidden names are left without a word, but for waste baskets; linked folders are not followed. A
/// file that is named itself is always a candidate, whatever its name, and a folder that is named is always searched.
Found discover(const std::vector<std::filesystem::path>& places, Take take = Take::footage);

/// Whether what lies beside a photo of its name is the photo's moving part: up to 6 s. Apple's last 3 s, Google's and
/// Samsung's less. What is longer is a film beside its poster.
bool is_moving_photo(std::int64_t length_us);

/// The name of the folder that a clip came from. The folders that cameras make (DCIM, 100GOPRO, BDMV/STREAM,
/// VIDEO_TS …) say nothing: then it is the one above them.
std::string event_of(const std::filesystem::path& file);

}  // namespace dadcam::footage
