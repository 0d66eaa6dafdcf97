#include <fmt/format.h>

#include <libdadcam/ffmpeg/film_text.hpp>
#include <libdadcam/ffmpeg/look.hpp>
#include <libdadcam/utf8.hpp>
#include <string_view>

namespace dadcam::ffmpeg {
namespace {

/// Of an MP4's list of chapters a name has one byte for its length.
constexpr std::size_t kLongestName = 240;

/// In one line of UTF-8, and no longer than a chapter's name can be: what is none becomes U+FFFD, control characters
/// blanks.
std::string plain_line(std::string_view text) {
    std::string line;
    while (!text.empty()) {
        const auto character = take_character(text);
        auto printed = character.valid ? character.bytes : std::string_view("\xef\xbf\xbd");
        if (character.valid &&
            (character.code_point < 0x20 || (character.code_point >= 0x7f && character.code_point <= 0x9f)))
            printed = " ";
        if (line.size() + printed.size() > kLongestName) break;
        line += printed;
    }
    return line;
}

std::int64_t rounded_up_ms(Frames frame, Rational rate) {
    return (frame.count * 1000 * rate.den + rate.num - 1) / rate.num;
}

std::string with_entities(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '&')
            escaped += "&amp;";
        else if (c == '<')
            escaped += "&lt;";
        else if (c == '>')
            escaped += "&gt;";
        else
            escaped += c;
    }
    return escaped;
}

std::string clock(std::int64_t ms) {
    return fmt::format("{:02}:{:02}:{:02}.{:03}", ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60, ms % 1000);
}

/// Calls `each` with every mark's text, and the milliseconds from which and until which it holds.
template <typename Each>
void for_each_stretch(std::span<const timeline::Mark> marks, Frames film, Rational rate, Each each) {
    for (std::size_t index = 0; index < marks.size(); ++index) {
        const auto next = index + 1 < marks.size() ? marks[index + 1].at : film;
        each(plain_line(marks[index].text), rounded_up_ms(marks[index].at, rate), rounded_up_ms(next, rate));
    }
}

}  // namespace

std::string ffmetadata(std::span<const timeline::Mark> chapters, Frames film, Rational rate) {
    if (chapters.empty()) return {};
    std::string text = ";FFMETADATA1\n";
    for_each_stretch(chapters, film, rate, [&](const std::string& name, std::int64_t from, std::int64_t until) {
        text += fmt::format("[CHAPTER]\nTIMEBASE=1/1000\nSTART={}\nEND={}\ntitle={}\n", from, until,
                            with_backslashes(name, "=;#\\\n"));
    });
    return text;
}

std::string webvtt(std::span<const timeline::Mark> captions, Frames film, Rational rate) {
    if (captions.empty()) return {};
    std::string text = "WEBVTT\n";
    for_each_stretch(captions, film, rate, [&](const std::string& line, std::int64_t from, std::int64_t until) {
        if (!line.empty() && from < until)
            text += fmt::format("\n{} --> {}\n{}\n", clock(from), clock(until), with_entities(line));
    });
    return text;
}

std::int64_t index_bytes_of(std::size_t chapters, std::size_t captions) {
    // A chapter: its place, its name's length and the name in the list; and as a sample of a track: its time (8), its
    // size (4), its place (8), its chunk (12), its delay (8). A caption is two samples, it and the pause behind it.
    constexpr std::int64_t kSample = 8 + 4 + 8 + 12 + 8, kTrack = 1024;
    const auto count = [](std::size_t of) { return static_cast<std::int64_t>(of); };
    const auto of_chapters = chapters > 0 ? kTrack + count(chapters) * (kSample + 9 + count(kLongestName)) : 0;
    return of_chapters + (captions > 0 ? kTrack + count(captions) * 2 * kSample : 0);
}

}  // namespace dadcam::ffmpeg
