#pragma once

#include <cstdint>
#include <string>

/// Small QuickTime files, box by box (ISO/IEC 14496-12), for what reads their index.
namespace dadcam::test {

inline std::string big_endian(std::uint64_t value, int bytes) {
    std::string text;
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) text += static_cast<char>(value >> shift & 0xff);
    return text;
}

inline std::string u32(std::uint64_t value) {
    return big_endian(value, 4);
}

inline std::string box(const std::string& type, const std::string& contents) {
    return u32(contents.size() + 8) + type + contents;
}

/// The parts of a track that a test may want to be others.
struct Track {
    std::string handler;
    std::uint64_t ticks_a_second = 48'000;
    std::string stts, stsz, stsc, stco;
    std::string edts{};

    std::string text() const {
        const auto tables =
            box("stbl", box("stts", stts) + box("stsz", stsz) + (stsc.empty() ? "" : box("stsc", stsc)) +
                            (stco.empty() ? "" : box("stco", stco)));
        return box("trak", edts + box("mdia", box("mdhd", u32(0) + u32(0) + u32(0) + u32(ticks_a_second) + u32(0)) +
                                                  box("hdlr", u32(0) + "mhlr" + handler) + box("minf", tables)));
    }
};

inline Track picture_track(std::uint64_t frames) {
    return {"vide", 25, u32(0) + u32(1) + u32(frames) + u32(1), u32(0) + u32(0) + u32(frames), "", ""};
}

/// PCM, stereo, 16 bits, in one chunk at `offset`.
inline Track sound_track(std::uint64_t samples, std::uint64_t offset) {
    return {"soun",
            48'000,
            u32(0) + u32(1) + u32(samples) + u32(1),
            u32(0) + u32(4) + u32(samples),
            u32(0) + u32(1) + u32(1) + u32(samples) + u32(1),
            u32(0) + u32(1) + u32(offset)};
}

/// A segment: its media first, then its index. Its sound's bytes are `sound`.
inline std::string movie(std::uint64_t frames, const std::string& sound) {
    return box("mdat", sound) + box("moov", picture_track(frames).text() + sound_track(sound.size() / 4, 8).text());
}

/// A header alone, which tells a length, and what else of `moov`.
inline std::string movie_of(std::uint64_t milliseconds, const std::string& more = {}) {
    const auto header = u32(0) + u32(0) + u32(0) + u32(1000) + u32(milliseconds) + std::string(80, '\0');
    return box("ftyp", "qt  ") + box("mdat", "pictures") + box("moov", box("mvhd", header) + more);
}

}  // namespace dadcam::test
