#pragma once

#include <libdadcam/library/library.hpp>
#include <optional>
#include <string>

namespace dadcam::library {

/// The names there are. None of them can name a program, or a place outside of the library: anyone can have set it.
inline constexpr const char* kCacheLimitSetting = "cache-max-size";
/// Of the IANA database: see library/time_zone.hpp, which keeps the clips' dates with it.
inline constexpr const char* kZoneSetting = "zone";
/// "on": every export writes the library's gallery anew.
inline constexpr const char* kGallerySetting = "gallery";
/// No longer used: it names a program.
inline constexpr const char* kOldLauncherSetting = "launcher";

/// What a library's users have set, by name.
std::optional<std::string> find_setting(Library& library, const std::string& name);
void set_setting(Library& library, const std::string& name, const std::string& value);
void unset_setting(Library& library, const std::string& name);

}  // namespace dadcam::library
