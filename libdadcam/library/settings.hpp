#pragma once

#include <libdadcam/library/library.hpp>
#include <optional>
#include <string>

namespace dadcam::library {

/// The names there are.
inline constexpr const char* kLauncherSetting = "launcher";
inline constexpr const char* kCacheLimitSetting = "cache-max-size";

struct Setting {
    std::string value;
    bool set_here = false;  ///< false: in another library, of which this is a copy
};

/// What a library's users have set, by name.
std::optional<Setting> find_setting(Library& library, const std::string& name);
void set_setting(Library& library, const std::string& name, const std::string& value);
void unset_setting(Library& library, const std::string& name);

}  // namespace dadcam::library
