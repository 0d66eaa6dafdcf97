#include <algorithm>
#include <array>
#include <libdadcam/footage/discover.hpp>
#include <libdadcam/footage/glimpse.hpp>

namespace dadcam::footage {
namespace {

namespace fs = std::filesystem;

/// A folder to be searched.
struct Folder {
    fs::path path;
    bool of_proxies = false;  ///< what is in it
};

class Search {
public:
    Search(Take take, Found& found) : take_(take), found_(found) {}

    /// What cannot be read is named, and the search goes on beside it.
    void below(const fs::path& top) {
        std::vector<Folder> folders{{top}};
        while (!folders.empty()) {
            const auto folder = std::move(folders.back());
            folders.pop_back();
            const auto entries = entries_of(folder.path);
            SmallNames names;
            for (const auto& entry : entries) names.insert(small_letters(entry.path().filename().string()));
            for (const auto& entry : entries) look_at(entry, folder, names, folders);
        }
    }

private:
    std::vector<fs::directory_entry> entries_of(const fs::path& folder) {
        std::vector<fs::directory_entry> entries;
        std::error_code error;
        for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
            entries.push_back(*at);
        if (error) refuse_folder(folder, error);
        return entries;
    }

    void refuse_folder(const fs::path& folder, const std::error_code& error) {
        found_.refused.push_back({folder, "it cannot be read: " + error.message()});
    }

    void look_at(const fs::directory_entry& entry, const Folder& folder, const SmallNames& names,
                 std::vector<Folder>& folders) {
        std::error_code failure;
        const bool is_link = entry.is_symlink(failure);
        if (entry.is_directory(failure))
            look_at_folder({entry.path(), folder.of_proxies}, is_link, names, folders);
        else if (is_hidden(entry.path()))
            return;
        else if (entry.is_regular_file(failure))
            look_at_file(entry.path(), is_link, folder, names);
        else if (is_link)
            found_.refused.push_back({entry.path(), "it is a link to something that is not there"});
    }

    void look_at_folder(Folder folder, bool is_link, const SmallNames& names, std::vector<Folder>& folders) {
        const auto kind = kind_of_folder(folder.path, names);
        if (!kind && is_hidden(folder.path)) return;
        if (is_link) {
            found_.passed_over.push_back({folder.path, Kind::link});
        } else if (kind == Kind::system_folder && take_ != Take::all) {
            pass_over_folder(folder.path);
        } else {
            folder.of_proxies = folder.of_proxies || kind == Kind::proxy;
            folders.push_back(std::move(folder));
        }
    }

    /// A waste basket that is empty is not worth a word; one that cannot be read may be full.
    void pass_over_folder(const fs::path& folder) {
        std::error_code error;
        const fs::directory_iterator first(folder, error);
        if (error)
            refuse_folder(folder, error);
        else if (first != fs::directory_iterator{})
            found_.passed_over.push_back({folder, Kind::system_folder});
    }

    void look_at_file(const fs::path& file, bool is_link, const Folder& folder, const SmallNames& names) {
        std::error_code gone;
        // The folder is canonical, and so is what is in it.
        const auto canonical = is_link ? fs::canonical(file, gone) : file;
        if (gone)
            found_.refused.push_back({file, gone.message()});
        else if (is_not_footage(file))
            found_.ignored.push_back(canonical);
        else if (const auto kind = kind_of(file, canonical, folder, names))
            found_.passed_over.push_back({canonical, *kind});
        else
            found_.candidates.push_back(canonical);
    }

    /// Nothing for what is to be taken, as far as it is known by now.
    std::optional<Kind> kind_of(const fs::path& file, const fs::path& canonical, const Folder& folder,
                                const SmallNames& names) {
        if (take_ == Take::all) return std::nullopt;
        if (folder.of_proxies) return Kind::proxy;
        if (const auto kind = kind_of_file(file, names)) return kind;
        if (!is_beside_its_photo(file, names)) return std::nullopt;
        const auto length = told_length_us(canonical);
        if (!length) found_.beside_photos.insert(canonical);
        return length && is_moving_photo(*length) ? std::optional(Kind::companion) : std::nullopt;
    }

    static bool is_hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

    Take take_;
    Found& found_;
};

void sort_and_unite(std::vector<fs::path>& paths) {
    std::sort(paths.begin(), paths.end());
    paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
}

/// A file may be found at several places and by links: once as footage is enough.
void keep_each_once(Found& found) {
    sort_and_unite(found.candidates);
    const auto is_candidate = [&](const fs::path& path) {
        return std::binary_search(found.candidates.begin(), found.candidates.end(), path);
    };
    sort_and_unite(found.ignored);
    std::erase_if(found.ignored, is_candidate);
    auto& passed_over = found.passed_over;
    std::sort(passed_over.begin(), passed_over.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    passed_over.erase(std::unique(passed_over.begin(), passed_over.end()), passed_over.end());
    std::erase_if(passed_over, [&](const PassedOver& row) { return is_candidate(row.path); });
    for (const auto& path : found.named) found.beside_photos.erase(path);
}

/// A folder that a camera has made, by its name in small letters.
bool is_made_by_camera(const std::string& name) {
    constexpr std::array<std::string_view, 11> kOnCards{"stream",   "bdmv",    "avchd", "avchdtn",  "private", "dcim",
                                                        "video_ts", "mp_root", "clip",  "contents", "m4root"};
    if (std::find(kOnCards.begin(), kOnCards.end(), name) != kOnCards.end()) return true;
    // A phone's month: "202307__".
    if (has_form(name, "20####_?") && !has_form(name, "20####_#")) return true;
    // DCF's "100GOPRO" (CIPA DC-009), but no year with something behind it.
    const bool is_year =
        name.size() > 3 && (has_form(name.substr(0, 4), "19##") || has_form(name.substr(0, 4), "20##"));
    constexpr std::array<std::string_view, 4> kDcf{"###??", "###???", "###????", "###?????"};
    return !is_year && std::any_of(kDcf.begin(), kDcf.end(), [&](auto form) { return has_form(name, form); });
}

}  // namespace

Found discover(const std::vector<fs::path>& places, Take take) {
    Found found;
    Search search(take, found);
    for (const auto& place : places) {
        std::error_code error;
        const fs::path canonical = fs::canonical(place, error);
        if (error) {
            found.refused.push_back({place, error.message()});
        } else if (fs::is_directory(canonical, error)) {
            search.below(canonical);
        } else {
            found.candidates.push_back(canonical);
            found.named.insert(canonical);
        }
    }
    keep_each_once(found);
    return found;
}

bool is_moving_photo(std::int64_t length_us) {
    constexpr std::int64_t kLongest = 6'000'000;
    return length_us > 0 && length_us <= kLongest;
}

std::string event_of(const fs::path& file) {
    for (auto folder = file.parent_path(); folder.has_filename(); folder = folder.parent_path()) {
        auto name = folder.filename().string();
        if (!is_made_by_camera(small_letters(name))) return name;
    }
    return file.parent_path().filename().string();
}

}  // namespace dadcam::footage
