#pragma once

#include <filesystem>
#include <string>

namespace dadcam::footage {

/// What a file says of the camera that recorded it; empty where it says nothing.
struct Camera {
    std::string make;
    std::string model;
    std::string serial;
    std::string firmware{};
    bool operator==(const Camera&) const = default;
};

/// For a person, and to choose by: "Apple iPhone 6", "GoPro #C334". Empty where nothing is known.
std::string name_of(const Camera& camera);

/// Where a file says nothing, what its card's folders say: the word in DCF's "100CANON" (CIPA DC-009), or the folder
/// that holds an AVCHD or another card of recordings. Empty for a file that is on no card.
std::string card_of(const std::filesystem::path& file);

/// Whether it writes the time on its own clock where its container wants UTC. GoPro's did, which knew no zone, up to
/// the HERO10; from the HERO11 of 2022 on, whose firmware begins with H22, they know theirs (gopro/OpenGoPro, issue
/// 585).
bool writes_wall_as_utc(const Camera& camera);

}  // namespace dadcam::footage
