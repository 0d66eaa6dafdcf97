#pragma once

#include <apps/context.hpp>
#include <apps/doctor/finding.hpp>

namespace dadcam::app {

/// The library at `root`: where it lies, whose it is, who is at work in it, whether its database is whole, and what of
/// it is missing. It is only read, whoever writes it meanwhile.
/// `a_clip` becomes the file of one of its clips that can be read, if there is one.
Findings look_at_library(const Context& context, const std::filesystem::path& root, std::filesystem::path& a_clip);

/// Where no library is found from this folder upwards: that there is none, or the remains of one.
Finding look_where_none_is(const std::filesystem::path& start);

}  // namespace dadcam::app
