#include <libdadcam/footage/date_in_dv.hpp>
#include <libdadcam/footage/wall_time.hpp>

namespace dadcam::footage {
namespace {

constexpr std::size_t kBlock = 80;  // bytes: a DIF block
constexpr std::size_t kPack = 5;
constexpr std::size_t kBlockId = 3;
constexpr std::size_t kSubcodeBlocks = 2, kVauxBlocks = 3;
constexpr std::size_t kHeadBlocks = 1 + kSubcodeBlocks + kVauxBlocks;
constexpr char kHeaderId = 0x1f;

constexpr unsigned kRecDate = 0x62, kRecTime = 0x63;

unsigned octet(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

/// Its kind of section (0 header, 1 subcode, 2 VAUX) and its number.
bool is_block(std::string_view sequence, std::size_t index, unsigned section, unsigned number) {
    const auto at = index * kBlock;
    return octet(sequence, at) >> 5U == section && octet(sequence, at + 2) == number;
}

/// Whether these bytes begin with the blocks that a DIF sequence begins with.
bool begins_sequence(std::string_view bytes) {
    return bytes.size() >= kHeadBlocks * kBlock && is_block(bytes, 0, 0, 0) && is_block(bytes, 1, 1, 0) &&
           is_block(bytes, 2, 1, 1) && is_block(bytes, 3, 2, 0) && is_block(bytes, 4, 2, 1) && is_block(bytes, 5, 2, 2);
}

/// The parts of a moment as the packs tell them, each of which may be damaged.
struct Packs {
    std::optional<Shown> date;
    std::optional<Shown> time;

    void read(std::string_view pack) {
        if (octet(pack, 0) == kRecDate && !date) read_date(pack);
        if (octet(pack, 0) == kRecTime && !time) read_time(pack);
    }

private:
    void read_date(std::string_view pack) {
        const int day = from_bcd(octet(pack, 2) & 0x3fU), month = from_bcd(octet(pack, 3) & 0x1fU);
        const int year = from_bcd(octet(pack, 4));
        if (year < 0) return;
        const Shown shown{year + (year >= 75 ? 1900 : 2000), month, day};
        if (wall_time(shown)) date = shown;
    }

    void read_time(std::string_view pack) {
        const int second = from_bcd(octet(pack, 2) & 0x7fU), minute = from_bcd(octet(pack, 3) & 0x7fU);
        const int hour = from_bcd(octet(pack, 4) & 0x3fU);
        const Shown shown{2000, 1, 1, hour, minute, second};
        if (wall_time(shown)) time = shown;
    }
};

void read_sequence(std::string_view sequence, Packs& packs) {
    constexpr std::size_t kSync = 8, kSyncs = 6, kSyncId = 3, kVauxPacks = 15;
    for (std::size_t block = 1; block <= kSubcodeBlocks; ++block) {
        for (std::size_t i = 0; i < kSyncs; ++i) {
            packs.read(sequence.substr(block * kBlock + kBlockId + i * kSync + kSyncId, kPack));
        }
    }
    for (std::size_t block = 1 + kSubcodeBlocks; block < kHeadBlocks; ++block) {
        for (std::size_t i = 0; i < kVauxPacks; ++i) {
            packs.read(sequence.substr(block * kBlock + kBlockId + i * kPack, kPack));
        }
    }
}

bool begins_frame(std::string_view sequence) {
    return octet(sequence, 1) >> 4U == 0;
}

std::optional<Told> told(const Packs& packs) {
    if (!packs.date) return {};
    Shown shown = *packs.date;
    if (packs.time) {
        shown.hour = packs.time->hour;
        shown.minute = packs.time->minute;
        shown.second = packs.time->second;
    }
    return Told{{wall_time(shown), {}}, !packs.time};
}

}  // namespace

std::optional<Told> dv_date(std::string_view bytes) {
    Packs packs;
    for (auto at = bytes.find(kHeaderId); at != std::string_view::npos; at = bytes.find(kHeaderId, at + 1)) {
        const auto sequence = bytes.substr(at);
        if (!begins_sequence(sequence)) continue;
        if (begins_frame(sequence)) {
            if (packs.date) break;
            packs = {};
        }
        read_sequence(sequence, packs);
    }
    return told(packs);
}

}  // namespace dadcam::footage
