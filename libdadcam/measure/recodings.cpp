#include <algorithm>
#include <libdadcam/measure/byte_at.hpp>
#include <libdadcam/measure/recodings.hpp>

namespace dadcam::measure {
namespace {

constexpr char kSync = 0x47;
constexpr std::size_t kPacket = 188;                         // without what some recorders put around it
constexpr std::array<std::size_t, 3> kSizes{188, 192, 204};  // a time before it; a checksum behind it
constexpr std::size_t kTimeBefore = 4;
constexpr std::size_t kLongestTable = 4096;
constexpr std::size_t kMost = 1000;  // more is noise, not a recording
constexpr int kPrograms = 0;         // the list of programs has this number

int number_at(std::string_view bytes, std::size_t at, unsigned mask) {
    return static_cast<int>((byte_at(bytes, at) << 8U | byte_at(bytes, at + 1)) & mask);
}

int pid_at(std::string_view bytes, std::size_t at) {
    return number_at(bytes, at, 0x1fff);
}

std::size_t length_at(std::string_view bytes, std::size_t at) {
    return static_cast<std::size_t>(number_at(bytes, at, 0x0fff));
}

/// Over a whole table, its own sum included: 0 (ISO/IEC 13818-1, annex A).
std::uint32_t checksum(std::string_view bytes) {
    constexpr std::uint32_t kPolynomial = 0x04c11db7;
    std::uint32_t sum = 0xffffffff;
    for (const char byte : bytes) {
        sum ^= static_cast<std::uint32_t>(static_cast<unsigned char>(byte)) << 24U;
        for (int bit = 0; bit < 8; ++bit) sum = sum << 1U ^ ((sum & 0x80000000U) != 0 ? kPolynomial : 0);
    }
    return sum;
}

/// Private data says in a descriptor which sound it is (ETSI EN 300 468, annex D): AC-3, E-AC-3, DTS, AAC.
unsigned descriptor_of_sound(std::string_view descriptors) {
    for (std::size_t at = 0; at + 1 < descriptors.size(); at += 2 + byte_at(descriptors, at + 1)) {
        const auto tag = byte_at(descriptors, at);
        if (tag == 0x6a || tag == 0x7a || tag == 0x7b || tag == 0x7c) return tag << 8U;
    }
    return 0;
}

/// A number for how a stream is coded. MPEG-1 and MPEG-2 are decoded alike.
unsigned coding_of(unsigned type, std::string_view descriptors) {
    constexpr unsigned kPictures1 = 1, kPictures2 = 2, kSound1 = 3, kSound2 = 4, kPrivate = 6;
    if (type == kPictures1) return kPictures2;
    if (type == kSound1) return kSound2;
    return type == kPrivate ? type | descriptor_of_sound(descriptors) : type;
}

}  // namespace

void ProgramMapReader::feed(std::string_view bytes) {
    bytes_ += bytes;
    std::size_t at = 0;
    const auto drop = [&] {
        bytes_.erase(0, at);
        byte_ += static_cast<std::int64_t>(at);
        at = 0;
    };
    while (packet_size_ != 0 || find_packets()) {
        for (; at + packet_size_ <= bytes_.size() && bytes_[at] == kSync; at += packet_size_) {
            read_packet(std::string_view(bytes_).substr(at, kPacket), byte_ + static_cast<std::int64_t>(at));
        }
        const bool is_lost = at < bytes_.size() && bytes_[at] != kSync;
        drop();
        if (!is_lost) return;
        packet_size_ = 0;
    }
}

/// What lies before the first three packets of one size is dropped; false where there are none yet.
bool ProgramMapReader::find_packets() {
    constexpr std::size_t kLargest = kSizes.back();
    std::size_t at = 0;
    for (; at + 2 * kLargest < bytes_.size() && packet_size_ == 0; ++at) {
        for (const auto size : kSizes) {
            if (bytes_[at] != kSync || bytes_[at + size] != kSync || bytes_[at + 2 * size] != kSync) continue;
            packet_size_ = size;
            break;
        }
        if (packet_size_ != 0) break;
    }
    bytes_.erase(0, at);
    byte_ += static_cast<std::int64_t>(at);
    return packet_size_ != 0;
}

void ProgramMapReader::read_packet(std::string_view packet, std::int64_t byte) {
    const auto pid = pid_at(packet, 1);
    const auto control = byte_at(packet, 3) >> 4U & 3U;
    const std::size_t begin = (control & 2U) != 0 ? 5 + byte_at(packet, 4) : 4;
    const bool is_damaged = (byte_at(packet, 1) & 0x80U) != 0;
    if ((control & 1U) == 0 || begin >= packet.size() || is_damaged) return;
    if (packet_size_ == kPacket + kTimeBefore) byte = std::max<std::int64_t>(0, byte - std::int64_t{kTimeBefore});
    const bool begins = (byte_at(packet, 1) & 0x40U) != 0;
    if (pid == kPrograms || map_pids_.contains(pid)) {
        read_tables(pid, packet.substr(begin), begins, byte);
        return;
    }
    if (begins) begin_packet(pid, packet.substr(begin), byte);
    last_.at(static_cast<std::size_t>(pid)) = byte;
}

void ProgramMapReader::read_tables(int pid, std::string_view payload, bool begins, std::int64_t byte) {
    auto& bytes = tables_[pid];
    const auto read_whole_ones = [&] {
        while (bytes.size() >= 3 && byte_at(bytes, 0) != 0xff && bytes.size() >= 3 + length_at(bytes, 1)) {
            const auto table = bytes.substr(0, 3 + length_at(bytes, 1));
            bytes.erase(0, table.size());
            read_table(pid, table, byte);
        }
    };
    if (begins) {
        const std::size_t rest = byte_at(payload, 0);  // of the table before
        bytes += payload.substr(1, rest);
        read_whole_ones();
        bytes.clear();
        payload.remove_prefix(std::min(payload.size(), 1 + rest));
    } else if (bytes.empty() || bytes.size() > kLongestTable) {
        return;
    }
    bytes += payload;
    read_whole_ones();
}

void ProgramMapReader::read_table(int pid, std::string_view table, std::int64_t byte) {
    constexpr unsigned kListOfPrograms = 0, kMap = 2;
    constexpr std::size_t kHead = 8, kSum = 4;
    const bool holds_now = (byte_at(table, 5) & 1U) != 0;
    if (table.size() < kHead + kSum || !holds_now || checksum(table) != 0) return;
    const auto kind = byte_at(table, 0);
    if (pid != kPrograms) {
        if (kind == kMap) read_map(table.substr(0, table.size() - kSum), byte);
    } else if (kind == kListOfPrograms) {
        programs_ = byte;
        for (std::size_t at = kHead; at + 4 + kSum <= table.size(); at += 4) {
            if (number_at(table, at, 0xffff) != 0) map_pids_.insert(pid_at(table, at + 2));
        }
    }
}

void ProgramMapReader::read_map(std::string_view table, std::int64_t byte) {
    constexpr std::size_t kHead = 12, kEntry = 5;
    for (auto at = kHead + length_at(table, 10); at + kEntry <= table.size(); at += kEntry + length_at(table, at + 3)) {
        const auto coding = coding_of(byte_at(table, at), table.substr(at + kEntry, length_at(table, at + 3)));
        const auto pid = pid_at(table, at + 1);
        auto& stream = streams_[pid];
        if (stream.coding == coding) continue;
        stream.coding = coding;
        // Without the list of programs before it, a map would be passed over; unless the old kind lies between the two.
        stream.map = programs_ > last_.at(static_cast<std::size_t>(pid)) ? programs_ : byte;
    }
}

void ProgramMapReader::begin_packet(int pid, std::string_view payload, std::int64_t byte) {
    const auto found = streams_.find(pid);
    const bool has_time = payload.starts_with(std::string_view("\0\0\1", 3)) && (byte_at(payload, 7) & 0x80U) != 0;
    if (found == streams_.end() || !has_time) return;
    auto& stream = found->second;
    if (stream.used != 0 && stream.used != stream.coding && found_.size() < kMost) {
        const auto bits = [&](std::size_t at) { return static_cast<std::int64_t>(byte_at(payload, at)); };
        const auto time =
            (bits(9) >> 1 & 7) << 30 | bits(10) << 22 | bits(11) >> 1 << 15 | bits(12) << 7 | bits(13) >> 1;
        const auto left = last_.at(static_cast<std::size_t>(pid)) + static_cast<std::int64_t>(packet_size_);
        found_.push_back({pid, stream.map, byte, time, left});
    }
    stream.used = stream.coding;
}

void RecodingFinder::read_to(std::int64_t byte) {
    constexpr std::size_t kAtOnce = 1 << 16;
    std::array<char, kAtOnce> bytes;
    while (read_ < byte && file_) {
        file_.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        const auto count = file_.gcount();
        reader_.feed({bytes.data(), static_cast<std::size_t>(count)});
        read_ += count;
    }
}

}  // namespace dadcam::measure
