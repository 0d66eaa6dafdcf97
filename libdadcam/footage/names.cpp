#include <fnmatch.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <libdadcam/footage/names.hpp>
#include <set>

namespace dadcam::footage {
namespace {

namespace fs = std::filesystem;
using Extensions = std::set<std::string_view>;

const Extensions kPhotos{
    ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".heif", ".hif", ".avif",
    ".webp", ".jxl", ".psd", ".svg", ".ico", ".mpo", ".jps", ".insp",
    // raw: Adobe and DJI, Canon, Nikon, Sony, Olympus, Panasonic, Fujifilm, Pentax, Samsung, GoPro, and the others
    ".dng", ".raw", ".cr2", ".cr3", ".crw", ".nef", ".nrw", ".arw", ".sr2", ".srf", ".orf", ".ori", ".rw2", ".rwl",
    ".raf", ".pef", ".srw", ".gpr", ".x3f", ".3fr", ".fff", ".iiq", ".erf", ".kdc", ".dcr", ".mrw"};

/// What cameras, discs and editors write beside their clips.
const Extensions kSideFiles{".thm", ".aae", ".xmp", ".xml",
                            // AVCHD and Blu-ray; JVC's and Panasonic's tapeless camcorders; DVD
                            ".cpi", ".mpl", ".bdm", ".tdt", ".tid", ".bdmv", ".clpi", ".mpls", ".bdjo", ".moi", ".pgi",
                            ".ifo", ".bup",
                            // Sony; Canon; Panasonic
                            ".bnp", ".inp", ".int", ".ind", ".modd", ".moff", ".uuid", ".smi", ".bim", ".pmpd", ".ppn",
                            ".ctg", ".cif", ".mif", ".cpf",
                            // GoPro, DJI, Garmin, Insta360 and dash cameras: places, movements, marks
                            ".sav", ".mrk", ".nav", ".obs", ".gpx", ".fit", ".kml", ".kmz", ".gps", ".3gf", ".nmea",
                            // Nikon, RED, Blackmagic; VEGAS, Premiere, Resolve, iMovie
                            ".nksc", ".rmd", ".sidecar", ".sfk", ".sfl", ".sfap0", ".pek", ".cfa", ".ims", ".drx",
                            ".edl", ".cube", ".veg", ".prproj", ".kdenlive", ".mlt"};

const Extensions kSoundAndDocuments{
    ".mp3", ".wav", ".m4a",  ".m4b", ".m4r",  ".aac",  ".flac", ".wma",  ".opus", ".oga",   ".mka", ".aif", ".aiff",
    ".amr", ".mid", ".caf",  ".srt", ".ass",  ".vtt",  ".sub",  ".idx",  ".txt",  ".md",    ".pdf", ".doc", ".docx",
    ".odt", ".xls", ".xlsx", ".csv", ".json", ".html", ".htm",  ".url",  ".lnk",  ".ini",   ".db",  ".log", ".nfo",
    ".zip", ".7z",  ".rar",  ".tar", ".gz",   ".exe",  ".dll",  ".sha1", ".md5",  ".sha256"};

const Extensions kVideos{".mp4", ".mov", ".m4v", ".qt", ".mp", ".3gp", ".3g2", ".3gpp", ".f4v", ".avi", ".divx",
                         ".xvid", ".mkv", ".mk3d", ".webm", ".mpg", ".mpeg", ".mpe", ".mp2v", ".m1v", ".m2v", ".m2p",
                         ".ps", ".mts", ".m2ts", ".m2t", ".ts", ".tp", ".trp", ".tod", ".mod", ".vob", ".vro", ".evo",
                         ".dv", ".dif", ".wmv", ".asf", ".wtv", ".dvr-ms", ".flv", ".ogv", ".ogm", ".mxf", ".rm",
                         ".rmvb", ".nut", ".ivf", ".h264", ".264", ".hevc", ".h265", ".265", ".mjpg", ".mjpeg", ".amv",
                         ".y4m", ".insv", ".360", ".osv", ".lrv", ".lrf", ".glv", ".sec",
                         // raw recordings, which ffmpeg cannot read: worth a word
                         ".braw", ".r3d", ".crm", ".nev", ".ari"};

/// GoPro and Insta360; DJI; Garmin; Ambarella's chips (Yi, SJCAM).
const Extensions kProxies{".lrv", ".lrf", ".glv", ".sec"};

/// Whole names of folders: those of Synology and QNAP, Windows, Linux, macOS; of Premiere and Resolve, which keep
/// there what they rendered for themselves.
constexpr std::array kSystemFolders{"@eadir",
                                    "#recycle",
                                    "#snapshot",
                                    "@recycle",
                                    "@recently-snapshot",
                                    "@tmp",
                                    "$recycle.bin",
                                    "recycler",
                                    "recycled",
                                    "found.[0-9][0-9][0-9]",
                                    "system volume information",
                                    "lost+found",
                                    ".trash",
                                    ".trash-*",
                                    ".trashes",
                                    "__macosx",
                                    "network trash folder",
                                    "temporary items",
                                    "adobe premiere pro*previews",
                                    "media cache files",
                                    "cacheclip",
                                    "*.lrdata"};

bool is_like(const std::string& text, const char* pattern) {
    return ::fnmatch(pattern, text.c_str(), 0) == 0;
}

bool is_in(const Extensions& extensions, const fs::path& file) {
    return extensions.contains(small_letters(file.extension().string()));
}

/// The name in small letters, as what stands before the last dot, and the rest.
struct FileName {
    explicit FileName(const fs::path& file)
        : stem(small_letters(file.stem().string())), extension(small_letters(file.extension().string())) {}
    std::string stem, extension;
};

std::string folder_name(const fs::path& folder) {
    return small_letters(folder.filename().string());
}

/// Photos keeps what the user brought in apart from what it made of it; so do iPhoto and Aperture.
bool is_made_by_photo_library(const fs::path& folder, const std::string& name) {
    const auto within = folder_name(folder.parent_path());
    return (is_like(within, "*.photoslibrary") || is_like(within, "*.photolibrary") || is_like(within, "*.aplibrary") ||
            is_like(within, "*.migratedphotolibrary")) &&
           name != "originals" && name != "masters";
}

/// Final Cut and iMovie keep what they made of the "Original Media" beside it.
bool is_made_by_editor(const fs::path& folder, const std::string& name) {
    if (name != "transcoded media" && name != "render files" && name != "analysis files") return false;
    for (auto above = folder.parent_path(); above.has_relative_path(); above = above.parent_path()) {
        const auto within = folder_name(above);
        if (is_like(within, "*.fcpbundle") || is_like(within, "*.imovielibrary")) return true;
    }
    return false;
}

/// dadcam's own segments, where a person has put them.
bool is_of_store(const std::string& name, const SmallNames& beside) {
    constexpr std::size_t kUuidLength = 36;
    return beside.contains(kStoreMark) && name.size() == kUuidLength &&
           name.find_first_not_of("0123456789abcdef-") == std::string::npos;
}

bool ends_with(const std::string& text, std::string_view end) {
    return text.size() > end.size() && text.ends_with(end);
}

/// A recording's small copy in the same folder; where it could be anything by its name, only when the recording lies
/// beside it.
bool is_proxy(const FileName& name, const SmallNames& beside) {
    const auto& stem = name.stem;
    const auto lies_beside = [&](const std::string& other) { return beside.contains(other + name.extension); };
    if (kProxies.contains(name.extension)) return true;
    if (!kVideos.contains(name.extension)) return false;
    // Canon and Premiere; Insta360
    if (ends_with(stem, "_proxy") || is_like(stem, "lrv_[0-9]*")) return true;
    // GoPro's GL010042.LRV, renamed so that it can be played
    if (is_like(stem, "gl[0-9][0-9][0-9][0-9][0-9][0-9]"))
        return lies_beside("gx" + stem.substr(2)) || lies_beside("gh" + stem.substr(2));
    // Sony's M4ROOT/SUB/C0001S03.MP4, moved beside C0001.MP4
    if (is_like(stem, "c[0-9][0-9][0-9][0-9]s[0-9][0-9]")) return lies_beside(stem.substr(0, 5));
    constexpr std::string_view kThumbnail = "_thm";  // Ambarella's
    return ends_with(stem, kThumbnail) && lies_beside(stem.substr(0, stem.size() - kThumbnail.size()));
}

bool is_menu(const fs::path& file, const FileName& name) {
    const auto whole = name.stem + name.extension;
    if (whole == "video_ts.vob" || is_like(whole, "vts_[0-9][0-9]_0.vob")) return true;
    if (name.extension != ".dat" && name.extension != ".mpg") return false;
    return is_like(name.stem, "item[0-9][0-9][0-9][0-9]") && folder_name(file.parent_path()) == "segment";
}

/// A phone's IMG_0002.MOV, of which the edited film is IMG_E0002.MOV.
bool is_edited_beside(const FileName& name, const SmallNames& beside) {
    constexpr std::string_view kPrefix = "img_";
    const auto number = std::string_view(name.stem).substr(std::min(kPrefix.size(), name.stem.size()));
    if (!name.stem.starts_with(kPrefix) || !is_like(std::string(number), "[0-9]*") || !kVideos.contains(name.extension))
        return false;
    const auto edited = "img_e" + std::string(number);
    const auto lies_beside = [&](const char* extension) {
        // The edited one may itself be a part of a photo, and no film.
        return beside.contains(edited + extension) && !is_beside_its_photo(edited + extension, beside);
    };
    return lies_beside(".mov") || lies_beside(".mp4") || lies_beside(".m4v");
}

}  // namespace

std::string_view name(Kind kind) {
    switch (kind) {
        case Kind::proxy:
            return "proxy";
        case Kind::companion:
            return "companion";
        case Kind::menu:
            return "menu";
        case Kind::system_folder:
            return "system_folder";
        case Kind::link:
            return "link";
    }
    return "";
}

bool has_form(std::string_view name, std::string_view form) {
    const auto fits = [](char c, char wanted) {
        const bool digit = c >= '0' && c <= '9';
        if (wanted == '#') return digit;
        if (wanted == '?') return digit || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return c == wanted;
    };
    return std::equal(name.begin(), name.end(), form.begin(), form.end(), fits);
}

std::string small_letters(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

std::optional<Kind> kind_of_folder(const fs::path& folder, const SmallNames& beside) {
    const auto name = folder_name(folder);
    if (std::any_of(kSystemFolders.begin(), kSystemFolders.end(),
                    [&](const char* pattern) { return is_like(name, pattern); }) ||
        is_made_by_photo_library(folder, name) || is_made_by_editor(folder, name) || is_of_store(name, beside))
        return Kind::system_folder;
    // Panasonic's P2, Blackmagic, GoPro; Premiere, Resolve, Kdenlive
    if (name == "proxy" || name == "proxies") return Kind::proxy;
    const auto within = folder_name(folder.parent_path());
    if (name == "sub" && (within == "m4root" || within == "xdroot" || beside.contains("clip"))) return Kind::proxy;
    return std::nullopt;
}

std::optional<Kind> kind_of_file(const fs::path& file, const SmallNames& beside) {
    const FileName name(file);
    if (is_proxy(name, beside)) return Kind::proxy;
    if (is_menu(file, name)) return Kind::menu;
    if (is_edited_beside(name, beside)) return Kind::companion;
    return std::nullopt;
}

bool is_not_footage(const fs::path& file) {
    return is_in(kPhotos, file) || is_in(kSideFiles, file) || is_in(kSoundAndDocuments, file);
}

bool is_called_video(const fs::path& file) {
    return is_in(kVideos, file);
}

bool is_beside_its_photo(const fs::path& file, const SmallNames& beside) {
    const FileName name(file);
    if (name.extension != ".mov" && name.extension != ".mp4" && name.extension != ".m4v" && name.extension != ".mp")
        return false;
    const auto photo_of = [&](const std::string& stem) {
        constexpr std::array kMoving{".heic", ".jpg", ".jpeg", ".heif", ".hif", ".png", ".dng", ".avif"};
        return std::any_of(kMoving.begin(), kMoving.end(),
                           [&](const char* extension) { return beside.contains(stem + extension); });
    };
    if (photo_of(name.stem)) return true;
    // Google's PXL_1.MP beside PXL_1.MP.jpg
    if (name.extension == ".mp" && photo_of(name.stem + name.extension)) return true;
    // IMG_1.HEIC.MOV beside IMG_1.HEIC
    if (is_in(kPhotos, name.stem) && beside.contains(name.stem)) return true;
    // iCloud's downloaders: IMG_1_HEVC.MOV beside IMG_1.HEIC. Within Photos: …_3.mov.
    for (const std::string_view added : {"_hevc", "_heic", "_3"}) {
        if (ends_with(name.stem, added) && photo_of(name.stem.substr(0, name.stem.size() - added.size()))) return true;
    }
    return false;
}

}  // namespace dadcam::footage
