#pragma once

#include <filesystem>
#include <libdadcam/error.hpp>
#include <optional>
#include <string>

namespace dadcam::library {

/// A folder, on whatever disk, in which a person keeps segments, those of each library in a folder below it. A file in
/// it says which store it is: an empty mount point has none, and another disk has another one.
struct StorePlace {
    std::filesystem::path folder;  ///< absolute
    std::string id;
};

/// Makes the folder a store, or takes the one that it is already. Error(output_write_error) when it cannot be written.
StorePlace make_store_place(const std::filesystem::path& folder);

/// Why the store cannot be used now: it is not there, for its disk is not mounted, or another store is.
std::optional<Error> why_away(const StorePlace& place);

/// Throws that.
void require_there(const std::optional<StorePlace>& place);

/// Why something failed: what `error` says; but that the store is gone from under it, when it is. A cancel stays one.
Error or_store_away(const Error& error, const std::optional<StorePlace>& place);

}  // namespace dadcam::library
