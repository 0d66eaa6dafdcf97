#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/first_bytes.hpp>
#include <libdadcam/footage/identity.hpp>
#include <libdadcam/process/process.hpp>
#include <libdadcam/process/tools.hpp>
#include <libdadcam/render/font.hpp>
#include <libdadcam/utf8.hpp>
#include <optional>
#include <sstream>

namespace dadcam::render {
namespace {

constexpr const char* kNameAnother = "Name another one with: dadcam config --global font FILE";

/// TrueType, OpenType and collections of them, as their first four bytes tell ("OpenType Font File"), and Type 1.
bool is_font(const std::string& path) {
    constexpr std::array<std::string_view, 6> kBeginnings{
        std::string_view("\0\1\0\0", 4), "OTTO", "ttcf", "true", "typ1", "%!PS"};
    const auto beginning = footage::first_bytes_of(path, 4);
    return std::find(kBeginnings.begin(), kBeginnings.end(), beginning) != kBeginnings.end();
}

/// The answer of one of fontconfig's programs, up to its first line's end; empty when it is not there or has none.
std::string ask_fontconfig(const FontChoice& choice, const char* program, std::vector<std::string> arguments,
                           const process::Stop& stop) {
    constexpr std::size_t kMostOutput = 1 << 20;
    constexpr std::chrono::seconds kPatience{30};  // its first call may read all fonts there are
    const auto path = process::find_optional_tool(program, choice.search_path);
    if (!path) return {};
    const auto captured =
        process::capture({*path, std::move(arguments)}, process::Stream::out, kMostOutput, kPatience, stop);
    if (captured.finished.ended == process::Ended::stopped) throw Error(Category::cancelled, "Cancelled.");
    if (!captured.finished.exit.success()) return {};
    return captured.output.substr(0, captured.output.find('\n'));
}

std::string find_path(const FontChoice& choice, const process::Stop& stop) {
    if (!choice.file.empty()) {
        if (is_font(choice.file)) return choice.file;
        std::error_code error;
        throw Error(Category::tool_missing,
                    std::filesystem::exists(choice.file, error)
                        ? fmt::format("{} is not a font that ffmpeg can use.", choice.file)
                        : fmt::format("The font {} is not there.", choice.file),
                    "Name a .ttf or .otf file with: dadcam config --global font FILE; or do without a choice of your "
                    "own: dadcam config --global font --unset");
    }
    for (const char* path : {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/TTF/DejaVuSans.ttf",
                             "/usr/share/fonts/dejavu/DejaVuSans.ttf"})
        if (is_font(path)) return path;
    if (auto path = ask_fontconfig(choice, "fc-match", {"--format=%{file}\n", "DejaVu Sans,sans-serif"}, stop);
        is_font(path))
        return path;
    throw Error(Category::tool_missing, "There is no font to draw text with.",
                fmt::format("Install one with: apt install fonts-dejavu-core. {}", kNameAnother));
}

std::vector<char32_t> characters_in(std::string_view text) {
    std::vector<char32_t> characters;
    // At what is no UTF-8 drawtext stops, too.
    for (auto next = take_character(text); next.valid; next = take_character(text))
        characters.push_back(next.code_point);
    return characters;
}

std::string utf8(char32_t character) {
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(character), bytes.data());
    return {reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length)};
}

/// Debian's package with a font for a script, by Unicode's blocks.
const char* package_for(char32_t character) {
    struct Block {
        Characters range;
        const char* package;
    };
    constexpr std::array kBlocks{Block{{0x1100, 0x11ff}, "fonts-noto-cjk"},    // Hangul Jamo
                                 Block{{0x2e80, 0x9fff}, "fonts-noto-cjk"},    // CJK, Kana
                                 Block{{0xac00, 0xd7ff}, "fonts-noto-cjk"},    // Hangul
                                 Block{{0xf900, 0xfaff}, "fonts-noto-cjk"},    // CJK compatibility
                                 Block{{0xff00, 0xffef}, "fonts-noto-cjk"},    // full width
                                 Block{{0x20000, 0x3ffff}, "fonts-noto-cjk"},  // CJK extensions
                                 Block{{0x1f000, 0x1faff}, "fonts-symbola"},   // emoji, of one colour
                                 Block{{0x2190, 0x2bff}, "fonts-symbola"}};    // arrows, symbols
    for (const auto& [range, package] : kBlocks)
        if (character >= range.first && character <= range.last) return package;
    return "fonts-noto-core";
}

}  // namespace

Font find_font(const FontChoice& choice, const process::Stop& stop) {
    auto path = find_path(choice, stop);
    auto content_id = footage::content_identity(path);
    return {std::move(path), std::move(content_id)};
}

std::vector<Characters> charset(std::string_view answer) {
    std::vector<Characters> ranges;
    const auto number = [](std::string_view text) {
        std::uint32_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
        const bool whole = error == std::errc() && end == text.data() + text.size();
        return whole ? std::optional(static_cast<char32_t>(value)) : std::nullopt;
    };
    std::istringstream words{std::string(answer)};
    for (std::string word; words >> word;) {
        const auto dash = word.find('-');
        const std::string_view view(word);
        const auto first = number(view.substr(0, dash));
        const auto last = dash == std::string::npos ? first : number(view.substr(dash + 1));
        if (first && last && *first <= *last) ranges.push_back({*first, *last});
    }
    return ranges;
}

std::string what_is_lacking(const Font& font, const FontChoice& choice, std::string_view text,
                            const process::Stop& stop) {
    constexpr char32_t kLastOfAscii = 0x7f;
    constexpr std::size_t kNamed = 5;
    std::vector<char32_t> lacking;
    for (const char32_t character : characters_in(text))
        if (character > kLastOfAscii && std::find(lacking.begin(), lacking.end(), character) == lacking.end())
            lacking.push_back(character);
    if (lacking.empty()) return {};
    const auto there =
        charset(ask_fontconfig(choice, "fc-query", {"--index=0", "--format=%{charset}\n", font.path}, stop));
    if (there.empty()) return {};
    std::erase_if(lacking, [&](char32_t character) {
        return std::any_of(there.begin(), there.end(), [&](const Characters& range) {
            return character >= range.first && character <= range.last;
        });
    });
    if (lacking.empty()) return {};
    std::string named, wanted;
    for (std::size_t at = 0; at < std::min(lacking.size(), kNamed); ++at) named += utf8(lacking[at]);
    for (const char32_t character : lacking) wanted += fmt::format(" {:x}", static_cast<std::uint32_t>(character));
    if (lacking.size() > kNamed) named += "…";
    const auto other = ask_fontconfig(choice, "fc-list", {"--format=%{file}\n", ":charset=" + wanted.substr(1)}, stop);
    return fmt::format("The font {} lacks {}; boxes will be drawn instead. {}", font.path, named,
                       is_font(other)
                           ? fmt::format("This one has them: dadcam config --global font {}", process::quoted(other))
                           : fmt::format("Install one that has them with: apt install {}; then name it with: dadcam "
                                         "config --global font FILE",
                                         package_for(lacking.front())));
}

}  // namespace dadcam::render
