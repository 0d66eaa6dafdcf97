#include <libdadcam/footage/camera.hpp>
#include <libdadcam/footage/discover.hpp>
#include <regex>

namespace dadcam::footage {

std::string name_of(const Camera& camera) {
    auto name = camera.model;
    if (!camera.make.empty() && !small_letters(name).starts_with(small_letters(camera.make)))
        name = name.empty() ? camera.make : camera.make + ' ' + name;
    if (!camera.serial.empty()) name += (name.empty() ? "#" : " #") + camera.serial;
    return name;
}

std::string card_of(const std::filesystem::path& file) {
    static const std::regex dcf("[1-9][0-9]{2}([A-Za-z0-9_]{5})");
    static const std::regex card("bdmv|avchd|private|m4root|mp_root|sd_video|xdroot", std::regex::icase);
    bool on_card = false;
    for (auto folder = file.parent_path(); folder.has_filename(); folder = folder.parent_path()) {
        const auto name = folder.filename().string();
        std::smatch match;
        if (std::regex_match(name, match, dcf) && folder.parent_path().has_filename() &&
            small_letters(folder.parent_path().filename().string()) == "dcim")
            return match[1].str();
        on_card = on_card || std::regex_match(name, card);
    }
    return on_card ? event_of(file) : std::string();
}

bool writes_wall_as_utc(const Camera& camera) {
    // "HD7.01.01.90.00", "H19.03.01.30.00", "H21.01.01.42.00"; "H22.01.01.10.00": the H and the year.
    static const std::regex knows_zone("H(2[2-9]|[3-9][0-9])[.].*");
    return camera.make == "GoPro" && !std::regex_match(camera.firmware, knows_zone);
}

}  // namespace dadcam::footage
