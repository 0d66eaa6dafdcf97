#include <libdadcam/error.hpp>
#include <libdadcam/library/removed_files.hpp>

namespace dadcam::library {

bool RemovedFiles::has(const std::filesystem::path& file) const {
    const auto removed = files_.find(library_.stored(file));
    if (removed == files_.end() || is_wanted(file)) return false;
    try {
        return removed->second == footage::file_state(file);
    } catch (const Error&) {
        return false;
    }
}

bool RemovedFiles::has(const Looked& looked) const {
    if (files_.empty() || looked.reason || !is_removed(library_, looked.clip.content_id)) return false;
    if (!is_wanted(looked.path)) return true;
    forget_removal(library_, looked.clip.content_id);
    return false;
}

bool RemovedFiles::is_wanted(const std::filesystem::path& file) const {
    return take_ == footage::Take::all || found_.named.contains(file);
}

}  // namespace dadcam::library
