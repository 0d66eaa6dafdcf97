#pragma once

#include <filesystem>
#include <libdadcam/footage/facts.hpp>
#include <libdadcam/footage/moment.hpp>
#include <optional>

namespace dadcam::footage {

/// The date in what a recording is made of: a tape's packs, AVCHD's messages, an AVI's IDIT. The file is read only
/// where its facts say that it can have one, and no more than its first megabyte. Nothing where there is none.
std::optional<Told> date_in_stream(const std::filesystem::path& file, const Facts& facts);

}  // namespace dadcam::footage
