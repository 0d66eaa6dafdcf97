#include <algorithm>
#include <cctype>
#include <libdadcam/footage/discover.hpp>
#include <optional>
#include <regex>
#include <set>
#include <string_view>

namespace dadcam::footage {
namespace {

namespace fs = std::filesystem;

/// What lies beside clips on cards, discs and in picture folders. Anything else is looked into.
const std::set<std::string_view> kNotFootage{
    ".jpg",  ".jpeg", ".png",  ".gif", ".bmp",  ".tif", ".tiff",  ".heic", ".heif", ".webp", ".raw", ".cr2",
    ".cr3",  ".nef",  ".arw",  ".dng", ".orf",  ".rw2", ".psd",   ".svg",  ".aae",  ".xmp",  ".thm", ".lrf",
    ".gpx",  ".fit",  ".kml",  ".xml", ".cpi",  ".mpl", ".bdm",   ".tdt",  ".tid",  ".bnp",  ".int", ".moi",
    ".pgi",  ".modd", ".moff", ".ifo", ".bup",  ".srt", ".ass",   ".vtt",  ".sub",  ".idx",  ".mp3", ".wav",
    ".m4a",  ".aac",  ".flac", ".txt", ".md",   ".pdf", ".doc",   ".docx", ".xls",  ".xlsx", ".csv", ".json",
    ".html", ".htm",  ".url",  ".lnk", ".ini",  ".db",  ".log",   ".zip",  ".7z",   ".rar",  ".tar", ".gz",
    ".exe",  ".dll",  ".cube", ".nfo", ".sha1", ".md5", ".sha256"};

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

bool hidden(const fs::path& path) {
    return path.filename().string().rfind('.', 0) == 0;
}

/// Takes one entry of a folder; gives back what has to be searched in its turn. Links to folders are not followed.
std::optional<fs::path> look_at(const fs::directory_entry& entry, Found& found) {
    std::error_code failure;
    if (hidden(entry.path())) return std::nullopt;
    if (entry.is_directory(failure)) return entry.is_symlink(failure) ? std::nullopt : std::optional(entry.path());
    if (entry.is_regular_file(failure)) {
        const bool ignored = kNotFootage.contains(lower(entry.path().extension().string()));
        (ignored ? found.ignored : found.candidates).push_back(fs::canonical(entry.path(), failure));
    } else if (entry.is_symlink(failure)) {
        found.refused.push_back({entry.path(), "it is a link to something that is not there"});
    }
    return std::nullopt;
}

/// What cannot be read is named, and the search goes on beside it.
void search_folder(const fs::path& top, Found& found) {
    std::vector<fs::path> folders{top};
    while (!folders.empty()) {
        const auto folder = std::move(folders.back());
        folders.pop_back();
        std::error_code error;
        fs::directory_iterator entry(folder, error);
        while (!error && entry != fs::directory_iterator{}) {
            if (auto inner = look_at(*entry, found)) folders.push_back(std::move(*inner));
            entry.increment(error);
        }
        if (error) found.refused.push_back({folder, "it cannot be read: " + error.message()});
    }
}

void sort_and_unite(std::vector<fs::path>& paths) {
    std::sort(paths.begin(), paths.end());
    paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
}

}  // namespace

Found discover(const std::vector<fs::path>& places) {
    Found found;
    for (const auto& place : places) {
        std::error_code error;
        const fs::path canonical = fs::canonical(place, error);
        if (error)
            found.refused.push_back({place, error.message()});
        else if (fs::is_directory(canonical, error))
            search_folder(canonical, found);
        else
            found.candidates.push_back(canonical);
    }
    sort_and_unite(found.candidates);
    sort_and_unite(found.ignored);
    return found;
}

std::string event_of(const fs::path& file) {
    // DCF's "100GOPRO" (CIPA DC-009), but no year with something behind it; and a phone's month, "202307__".
    static const std::regex made_by_camera(
        "stream|bdmv|avchd|avchdtn|private|dcim|video_ts|mp_root|clip|contents|m4root|"
        "(?!19[0-9]{2}|20[0-9]{2})[0-9]{3}[a-z0-9_]{2,5}|20[0-9]{4}_[a-z_]",
        std::regex::icase);
    for (auto folder = file.parent_path(); folder.has_filename(); folder = folder.parent_path()) {
        auto name = folder.filename().string();
        if (!std::regex_match(name, made_by_camera)) return name;
    }
    return file.parent_path().filename().string();
}

}  // namespace dadcam::footage
