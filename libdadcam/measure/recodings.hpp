#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace dadcam::measure {

/// Where a stream of an MPEG-TS keeps its number but is coded otherwise from there on.
struct Recoding {
    int pid = 0;
    std::int64_t byte = 0;   ///< from where on the program's map says so
    std::int64_t first = 0;  ///< where the first packet of the new kind begins
    std::int64_t time = 0;   ///< of that packet, as it stands there, in 33 bits
    std::int64_t left = 0;   ///< where the last packet of the old kind ends
    bool operator==(const Recoding&) const = default;
};

/// Follows the tables of an MPEG-TS (ISO/IEC 13818-1, 2.4.4), byte by byte. Whoever demuxes it may go on reading a
/// stream as what it was before, and be silent about it. Memory does not grow with the file. Pure.
class ProgramMapReader {
public:
    /// The file's bytes one after the other, in any chunks.
    void feed(std::string_view bytes);
    /// In the order in which they lie in the file.
    const std::vector<Recoding>& found() const { return found_; }

private:
    struct Stream {
        unsigned coding = 0;   ///< as the map has it now
        unsigned used = 0;     ///< as it had it at the last packet; 0 before the first one
        std::int64_t map = 0;  ///< where the map is that changed it
    };
    bool find_packets();
    void read_packet(std::string_view packet, std::int64_t byte);
    void read_tables(int pid, std::string_view payload, bool begins, std::int64_t byte);
    void read_table(int pid, std::string_view table, std::int64_t byte);
    void read_map(std::string_view table, std::int64_t byte);
    void begin_packet(int pid, std::string_view payload, std::int64_t byte);

    std::string bytes_;  ///< not read yet, from `byte_` on
    std::int64_t byte_ = 0;
    std::size_t packet_size_ = 0;  ///< 0: it has to be found
    std::set<int> map_pids_;
    std::map<int, std::string> tables_;  ///< their bytes so far
    std::map<int, Stream> streams_;
    std::int64_t programs_ = 0;                 ///< where the last list of programs begins
    std::array<std::int64_t, 1 << 13> last_{};  ///< by the stream's number: where it was last met
    std::vector<Recoding> found_;
};

/// The same of a file, as far as it is wanted.
class RecodingFinder {
public:
    explicit RecodingFinder(const std::filesystem::path& file) : file_(file, std::ios::binary) {}
    void read_to(std::int64_t byte);
    const std::vector<Recoding>& found() const { return reader_.found(); }

private:
    std::ifstream file_;
    std::int64_t read_ = 0;
    ProgramMapReader reader_;
};

}  // namespace dadcam::measure
