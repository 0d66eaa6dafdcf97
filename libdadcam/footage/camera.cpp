#include <algorithm>
#include <array>
#include <libdadcam/footage/camera.hpp>
#include <libdadcam/footage/discover.hpp>

namespace dadcam::footage {

std::string name_of(const Camera& camera) {
    auto name = camera.model;
    if (!camera.make.empty() && !small_letters(name).starts_with(small_letters(camera.make)))
        name = name.empty() ? camera.make : camera.make + ' ' + name;
    if (!camera.serial.empty()) name += (name.empty() ? "#" : " #") + camera.serial;
    return name;
}

std::string card_of(const std::filesystem::path& file) {
    constexpr std::string_view kDcf = "###?????";
    constexpr std::array<std::string_view, 7> kCards{"bdmv",    "avchd",    "private", "m4root",
                                                     "mp_root", "sd_video", "xdroot"};
    bool on_card = false;
    for (auto folder = file.parent_path(); folder.has_filename(); folder = folder.parent_path()) {
        const auto name = folder.filename().string();
        if (has_form(name, kDcf) && name.front() != '0' &&
            small_letters(folder.parent_path().filename().string()) == "dcim")
            return name.substr(name.size() - 5);
        on_card = on_card || std::find(kCards.begin(), kCards.end(), small_letters(name)) != kCards.end();
    }
    return on_card ? event_of(file) : std::string();
}

bool writes_wall_as_utc(const Camera& camera) {
    // "HD7.01.01.90.00", "H19.03.01.30.00", "H21.01.01.42.00"; "H22.01.01.10.00": the H and the year.
    const auto beginning = camera.firmware.substr(0, 4);
    const bool knows_zone = has_form(beginning, "H##.") && beginning >= "H22.";
    return camera.make == "GoPro" && !knows_zone;
}

}  // namespace dadcam::footage
