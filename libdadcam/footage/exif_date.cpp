#include <algorithm>
#include <cstdint>
#include <libdadcam/footage/date_text.hpp>
#include <libdadcam/footage/exif_date.hpp>
#include <string>

namespace dadcam::footage {
namespace {

constexpr unsigned kDateTime = 0x0132, kExifDirectory = 0x8769;
constexpr unsigned kDateTimeOriginal = 0x9003, kOffsetTimeOriginal = 0x9011;

/// The TIFF in a JPEG's first APP1 that is an Exif; empty for none.
std::string_view exif_of(std::string_view jpeg) {
    constexpr std::string_view kExif("Exif\0\0", 6);
    constexpr std::size_t kMarker = 4;  // with its length
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(jpeg[at]); };
    if (!jpeg.starts_with("\xff\xd8")) return {};
    for (std::size_t at = 2; at + kMarker <= jpeg.size() && byte(at) == 0xff && byte(at + 1) != 0xda;) {
        const std::size_t length = std::max<std::size_t>(2, byte(at + 2) * 256U + byte(at + 3));
        const auto content = jpeg.substr(at + kMarker).substr(0, length - 2);
        if (byte(at + 1) == 0xe1 && content.starts_with(kExif)) return content.substr(kExif.size());
        at += 2 + length;
    }
    return {};
}

/// A TIFF's numbers and directories, wherever its offsets lead.
class Tiff {
public:
    explicit Tiff(std::string_view bytes) : bytes_(bytes), little_(bytes.starts_with("II")) {}

    bool is_one() const { return (little_ || bytes_.starts_with("MM")) && number(2, 2) == 42; }

    /// Where a directory's entry of a tag is.
    std::optional<std::size_t> entry(std::size_t directory, unsigned tag) const {
        const std::size_t count = std::min<std::size_t>(number(directory, 2), kMostEntries);
        for (std::size_t i = 0; i < count; ++i) {
            const auto at = directory + 2 + i * kEntry;
            if (at + kEntry <= bytes_.size() && number(at, 2) == tag) return at;
        }
        return {};
    }

    std::size_t first_directory() const { return number(4, 4); }
    std::size_t value(std::size_t entry) const { return number(entry + 8, 4); }

    /// Without the zero behind it.
    std::string text(std::size_t directory, unsigned tag) const {
        constexpr std::uint32_t kAscii = 2, kLongest = 64;
        const auto at = entry(directory, tag);
        if (!at || number(*at + 2, 2) != kAscii) return {};
        const std::size_t length = std::min(number(*at + 4, 4), kLongest), begin = length > 4 ? value(*at) : *at + 8;
        if (begin >= bytes_.size()) return {};
        const auto found = bytes_.substr(begin, length);
        return std::string(found.substr(0, found.find('\0')));
    }

private:
    static constexpr std::size_t kEntry = 12, kMostEntries = 512;

    /// 0 behind the end.
    std::uint32_t number(std::size_t at, std::size_t size) const {
        if (at > bytes_.size() || bytes_.size() - at < size) return 0;
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < size; ++i) {
            value = value << 8U | static_cast<unsigned char>(bytes_[at + (little_ ? size - 1 - i : i)]);
        }
        return value;
    }

    std::string_view bytes_;
    bool little_;
};

}  // namespace

std::optional<Told> exif_date(std::string_view jpeg) {
    const Tiff tiff(exif_of(jpeg));
    if (!tiff.is_one()) return {};
    const auto first = tiff.first_directory();
    if (const auto entry = tiff.entry(first, kExifDirectory)) {
        const auto directory = tiff.value(*entry);
        const auto original = tiff.text(directory, kDateTimeOriginal);
        if (auto told = offset_time(original + tiff.text(directory, kOffsetTimeOriginal))) return told;
        if (auto told = offset_time(original)) return told;
    }
    return offset_time(tiff.text(first, kDateTime));
}

}  // namespace dadcam::footage
