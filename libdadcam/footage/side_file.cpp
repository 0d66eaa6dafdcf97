#include <algorithm>
#include <libdadcam/footage/date_text.hpp>
#include <libdadcam/footage/exif_date.hpp>
#include <libdadcam/footage/first_bytes.hpp>
#include <libdadcam/footage/moi.hpp>
#include <libdadcam/footage/side_file.hpp>
#include <libdadcam/footage/takeout.hpp>
#include <string>
#include <system_error>
#include <vector>

namespace dadcam::footage {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostBytes = 1 << 20;

std::optional<Told> moi_date(std::string_view bytes) {
    const auto moi = read_moi(bytes);
    if (!moi || !moi->wall) return {};
    return Told{{moi->wall, {}}, false};
}

/// A kind of side file: the names that it may have, and who reads it.
struct KindOfSideFile {
    std::vector<std::string> names;
    std::optional<Told> (*read)(std::string_view bytes);
};

std::vector<KindOfSideFile> kinds(const fs::path& clip) {
    const std::string stem = clip.stem().string();
    return {{takeout_names(clip.filename().string()), takeout_date},
            {{stem + "M01.XML", stem + "M01.xml", stem + "m01.xml"}, xdcam_date},
            {moi_names(stem), moi_date},
            {{stem + ".THM", stem + ".thm", stem + ".Thm"}, exif_date}};
}

/// The first of a kind that has a date.
std::optional<Beside> read_kind(const KindOfSideFile& kind, const fs::path& folder) {
    for (const auto& name : kind.names) {
        const auto file = folder / name;
        if (const auto told = kind.read(first_bytes_of(file, kMostBytes))) return Beside{*told, file};
    }
    return {};
}

}  // namespace

std::optional<Told> xdcam_date(std::string_view xml) {
    constexpr std::string_view kElement = "<CreationDate", kValue = "value=";
    const auto element = xml.find(kElement);
    if (element == std::string_view::npos) return {};
    auto attributes = xml.substr(element + kElement.size());
    attributes = attributes.substr(0, attributes.find('>'));
    const auto value = attributes.find(kValue);
    if (value == std::string_view::npos) return {};
    const auto quoted = attributes.substr(value + kValue.size());
    if (quoted.empty() || (quoted[0] != '"' && quoted[0] != '\'')) return {};
    const auto end = quoted.find(quoted[0], 1);
    return end == std::string_view::npos ? std::nullopt : offset_time(quoted.substr(1, end - 1));
}

std::optional<Beside> date_beside(const fs::path& clip) {
    for (const auto& kind : kinds(clip))
        if (auto beside = read_kind(kind, clip.parent_path())) return beside;
    return {};
}

std::vector<Beside> dates_beside(const fs::path& clip) {
    std::vector<Beside> all;
    for (const auto& kind : kinds(clip))
        if (auto beside = read_kind(kind, clip.parent_path())) all.push_back(std::move(*beside));
    return all;
}

}  // namespace dadcam::footage
