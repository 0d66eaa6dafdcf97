#include <charconv>
#include <libdadcam/measure/packets.hpp>

namespace dadcam::measure {
namespace {

constexpr char kBetween = '|';
/// In ffprobe's own order, whatever is asked for.
constexpr std::size_t kFields = 8;

/// Beyond it a time is damage, and sums of times could overflow.
constexpr std::int64_t kLargest = std::int64_t{1} << 56;

/// "N/A" is nothing.
std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value > kLargest || value < -kLargest) return {};
    return value;
}

Kind kind_of(std::string_view text) {
    if (text == "video") return Kind::picture;
    return text == "audio" ? Kind::sound : Kind::other;
}

}  // namespace

std::vector<std::string> packet_words() {
    // To its standard output by that name ffprobe writes 32 KiB at a time; left to itself, each line by itself.
    return {"-show_entries",
            "packet=codec_type,stream_index,pts,dts,duration,size,pos,flags",
            "-of",
            "compact=p=0:nk=1",
            "-o",
            "pipe:1"};
}

void PacketReader::feed(std::string_view bytes) {
    for (const char byte : bytes) {
        if (byte == '\n')
            read_line();
        else if (line_.size() < kLongestLine)
            line_ += byte;
    }
}

void PacketReader::finish() {
    read_line();
}

void PacketReader::read_line() {
    std::array<std::string_view, kFields> fields;
    std::string_view rest = line_;
    std::size_t found = 0;
    for (; found < kFields && !rest.empty(); ++found) {
        const auto end = rest.find(kBetween);
        fields[found] = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    const auto stream = number(fields[1]);
    if (found == kFields && stream && *stream >= 0 && *stream < 1 << 20) {
        on_packet_({kind_of(fields[0]), static_cast<int>(*stream), number(fields[2]), number(fields[3]),
                    number(fields[4]), number(fields[5]).value_or(0), number(fields[6]), fields[7].starts_with('K'),
                    fields[7].find('D') != std::string_view::npos});
    }
    line_.clear();
}

}  // namespace dadcam::measure
