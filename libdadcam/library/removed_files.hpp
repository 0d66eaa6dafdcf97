#pragma once

#include <filesystem>
#include <libdadcam/footage/discover.hpp>
#include <libdadcam/library/library.hpp>
#include <libdadcam/library/looked.hpp>
#include <libdadcam/library/removed_store.hpp>
#include <map>
#include <string>

namespace dadcam::library {

/// The files of clips that were removed from the library, as an ingest meets them. One that is named itself, or where
/// all is taken, is a file like any other.
class RemovedFiles {
public:
    RemovedFiles(Library& library, const footage::Found& found, footage::Take take)
        : library_(library), files_(removed_files(library)), found_(found), take_(take) {}

    /// By its place and state: nobody has to read it.
    bool has(const std::filesystem::path& file) const;

    /// By its content. One that is wanted is no removed clip's from then on.
    bool has(const Looked& looked) const;

private:
    bool is_wanted(const std::filesystem::path& file) const;

    Library& library_;
    std::map<std::string, footage::FileState> files_;
    const footage::Found& found_;
    footage::Take take_;
};

}  // namespace dadcam::library
