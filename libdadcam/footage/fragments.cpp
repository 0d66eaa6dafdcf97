#include <algorithm>
#include <bit>
#include <fstream>
#include <libdadcam/footage/fragments.hpp>
#include <libdadcam/footage/movie_boxes.hpp>
#include <map>
#include <vector>

namespace dadcam::footage {
namespace {

constexpr std::size_t kHeader = 8;  // bytes: of a box, its size and its type

bool is_name(std::string_view type) {
    return std::all_of(type.begin(), type.end(), [](char sign) { return sign >= ' ' && sign <= '~'; });
}

struct Child {
    std::string_view type, contents;
};

/// The boxes within a box; nothing where they do not fill it.
std::optional<std::vector<Child>> children_of(std::string_view contents) {
    std::vector<Child> children;
    while (!contents.empty()) {
        if (contents.size() < kHeader) return std::nullopt;
        const auto size = big_endian(contents.substr(0, 4));
        if (size < kHeader || size > contents.size() || !is_name(contents.substr(4, 4))) return std::nullopt;
        children.push_back({contents.substr(4, 4), contents.substr(kHeader, size - kHeader)});
        contents.remove_prefix(size);
    }
    return children;
}

std::uint64_t flags_of(std::string_view contents) {
    return big_endian(contents.substr(1, 3));
}

/// 8.8.8: as many entries as it says, none of which is empty.
bool is_run(std::string_view run) {
    constexpr std::uint64_t kOffset = 1, kFirstFlags = 4, kDuration = 0x100, kSize = 0x200, kPerSample = 0xf00;
    if (run.size() < kHeader) return false;
    const auto flags = flags_of(run), count = big_endian(run.substr(4, 4));
    const std::size_t begin = kHeader + ((flags & kOffset) != 0 ? 4 : 0) + ((flags & kFirstFlags) != 0 ? 4 : 0);
    const std::size_t entry = 4 * static_cast<std::size_t>(std::popcount(flags & kPerSample));
    if (run.size() < begin || count * entry != run.size() - begin) return false;
    if ((flags & kSize) == 0) return true;
    const std::size_t size = (flags & kDuration) != 0 ? 4 : 0;
    for (auto at = begin + size; at < run.size(); at += entry)
        if (big_endian(run.substr(at, 4)) == 0) return false;
    return true;
}

/// Of each track, the time at which the next fragment begins at the earliest.
using DecodeTimes = std::map<std::uint64_t, std::uint64_t>;

/// 8.8.12: not before that of the fragment before.
bool is_later(std::string_view decode_time, std::uint64_t& last) {
    if (decode_time.size() < kHeader) return false;
    const auto time = big_endian(decode_time.substr(4, decode_time.front() == 1 ? 8 : 4));
    const bool is = time >= last;
    last = std::max(last, time);
    return is;
}

bool is_track_fragment(std::string_view contents, DecodeTimes& times) {
    const auto children = children_of(contents);
    if (!children || children->empty()) return false;
    const auto& [type, header] = children->front();
    const auto track = header.size() < kHeader ? 0 : big_endian(header.substr(4, 4));
    if (type != "tfhd" || track == 0) return false;
    return std::all_of(children->begin() + 1, children->end(), [&](const Child& child) {
        if (child.type == "trun") return is_run(child.contents);
        return child.type != "tfdt" || is_later(child.contents, times[track]);
    });
}

bool is_fragment(std::string_view contents, DecodeTimes& times) {
    const auto children = children_of(contents);
    if (!children || children->size() < 2 || children->front().type != "mfhd") return false;
    return std::all_of(children->begin(), children->end(), [&](const Child& child) {
        return child.type != "traf" || is_track_fragment(child.contents, times);
    });
}

/// What was never written, or was taken away whole, is nothing that is lost.
bool is_anything_in(std::istream& file, std::uint64_t at, std::uint64_t end) {
    constexpr std::uint64_t kStretch = 1 << 20;
    for (; at < end; at += kStretch) {
        const auto bytes = bytes_at(file, at, static_cast<std::size_t>(std::min(kStretch, end - at)));
        if (!bytes) return false;
        if (bytes->find_first_not_of('\0') != std::string::npos) return true;
    }
    return false;
}

}  // namespace

FragmentFlaws flaws_of_fragments(std::istream& file, std::uint64_t size) {
    constexpr std::uint64_t kLargest = 1 << 26;  // bytes: of a fragment's header
    constexpr int kMost = 1 << 20;               // boxes: more than a day of fragments of a sixth of a second
    FragmentFlaws flaws;
    DecodeTimes times;
    bool is_in_fragments = false, is_header_last = false;
    std::uint64_t at = 0;
    for (int boxes = 0; size - at >= kHeader; ++boxes) {
        if (boxes == kMost) return flaws;
        const auto box = box_at(file, at, size);
        if (!box || !is_name(box->type)) break;
        is_header_last = box->type == "moof";
        if (is_header_last && box->end - box->contents <= kLargest) {
            is_in_fragments = true;
            const auto contents = bytes_at(file, box->contents, static_cast<std::size_t>(box->end - box->contents));
            flaws.is_any_broken = flaws.is_any_broken || !contents || !is_fragment(*contents, times);
        }
        at = box->end;
    }
    if (!is_in_fragments) return {};
    flaws.is_end_lost = is_header_last || is_anything_in(file, at, size);
    return flaws;
}

FragmentFlaws flaws_of_fragments(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary | std::ios::ate);
    if (!stream) return {};
    const auto size = static_cast<std::uint64_t>(stream.tellg());
    return flaws_of_fragments(stream, size);
}

}  // namespace dadcam::footage
