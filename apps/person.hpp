#pragma once

#include <apps/terminal.hpp>
#include <filesystem>
#include <libdadcam/library/store_place.hpp>
#include <optional>
#include <string>
#include <vector>

/// What belongs to a person on a machine, and to no library: a library can come from anyone.
namespace dadcam::app {

/// $XDG_CONFIG_HOME/dadcam/config.json, else below ~/.config.
struct PersonalConfig {
    std::optional<std::string> launcher;         ///< words before every ffmpeg command line
    std::optional<std::filesystem::path> font;   ///< a file, to draw text with
    std::vector<std::filesystem::path> trusted;  ///< libraries of other people that may be written, too
    std::optional<library::StorePlace> store;    ///< where segments of all libraries are put; nothing: into each one
};

/// An empty one where there is no such file, or no home. Error(general) for a file that cannot be read.
PersonalConfig personal_config(const Terminal& terminal);

/// Error(general) without a home, Error(output_write_error).
void write_personal_config(const Terminal& terminal, const PersonalConfig& config);

/// Where it is noted which places outside of libraries this person has named: $XDG_STATE_HOME/dadcam/places, else below
/// ~/.local/state. Empty without a home.
std::filesystem::path folder_of_places(const Terminal& terminal);

/// The owner of the library at `root`, when that is neither this person nor root: "anna", or a number.
std::optional<std::string> other_owner(const std::filesystem::path& root);

}  // namespace dadcam::app
