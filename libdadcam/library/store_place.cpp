#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <libdadcam/footage/names.hpp>
#include <libdadcam/library/atomic_file.hpp>
#include <libdadcam/library/store_place.hpp>
#include <libdadcam/uuid.hpp>

namespace dadcam::library {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kIdLength = 36;  // a uuid

/// The first line of the store's mark; nothing where there is none.
std::optional<std::string> id_in(const fs::path& folder) {
    const auto mark = folder / footage::kStoreMark;
    std::error_code error;
    if (!fs::is_regular_file(fs::symlink_status(mark, error))) return std::nullopt;
    std::ifstream in(mark, std::ios::binary);
    std::string id;
    if (!std::getline(in, id) || id.size() != kIdLength) return std::nullopt;
    return id;
}

}  // namespace

StorePlace make_store_place(const fs::path& folder) {
    StorePlace place{folder, id_in(folder).value_or(new_uuid())};
    // Written anew where it is there already, too: then it is known that the folder can be written.
    const auto mark = folder / footage::kStoreMark;
    AtomicFile file(mark, folder / fmt::format("{}.{}.tmp", footage::kStoreMark, ::getpid()));
    file.write(place.id + "\nSegments of dadcam's films are kept here: a folder for each library, by its uuid.\n");
    file.commit();
    return place;
}

std::optional<Error> why_away(const StorePlace& place) {
    const auto id = id_in(place.folder);
    if (id == place.id) return std::nullopt;
    const auto folder = place.folder.string();
    if (id) {
        return Error(
            Category::output_write_error,
            fmt::format("{} holds a different store from yours: is another disk mounted?", folder),
            fmt::format("Mount the right one. To use this one from now on: dadcam config --global store {}", folder));
    }
    return Error(Category::output_write_error, fmt::format("The store {} is not there: is its disk mounted?", folder),
                 "Mount it, or stop using it: dadcam config --global store --unset");
}

void require_there(const std::optional<StorePlace>& place) {
    if (!place) return;
    if (const auto away = why_away(*place)) throw Error(*away);
}

Error or_store_away(const Error& error, const std::optional<StorePlace>& place) {
    const auto away = place && error.category() != Category::cancelled ? why_away(*place) : std::nullopt;
    if (!away) return error;
    return {away->category(), away->message(), away->advice(), fmt::format("{}\n{}", error.message(), error.detail())};
}

}  // namespace dadcam::library
