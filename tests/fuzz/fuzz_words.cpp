// What ffmpeg says of a clip on its standard error, and of its packets: whatever its bytes. A file can write into it:
// its tags' values, which ffmpeg indents.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <libdadcam/ffmpeg/classify.hpp>
#include <libdadcam/footage/field_order.hpp>
#include <libdadcam/measure/keys.hpp>
#include <string>
#include <string_view>

namespace {

using namespace dadcam;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

std::string indented(std::string_view words) {
    std::string all = "  ";
    for (const char letter : words) {
        all += letter;
        if (letter == '\n') all += "  ";
    }
    return all;
}

void check_field_order(std::string_view words) {
    const auto order = footage::read_idet(words);
    require(order == "tt" || order == "bb" || order == "progressive" || order == "unknown");
    require(footage::read_idet(indented(words)) == "unknown");
}

void check_frames(std::string_view words) {
    const auto list = measure::frames_in(words);
    require(std::is_sorted(list.times.begin(), list.times.end()));
    require(std::ssize(list.times) <= std::count(words.begin(), words.end(), '\n') + 1);
    require(list.parameters.size() <= words.size() && list.parameters.find('\n') == std::string::npos);
    for (const auto time : list.times) require(std::abs(time) <= std::int64_t{1} << 53);
}

void check_last_words(std::string_view words) {
    constexpr std::size_t kMost = 100;
    ffmpeg::classify(words, "out.mp4");
    require(ffmpeg::own_words(words).size() <= words.size() + 1);
    ffmpeg::LastWords last(kMost);
    for (auto rest = words; !rest.empty();) {
        const auto line = rest.substr(0, rest.find('\n'));
        if (ffmpeg::tells_something(line)) last.add(line);
        require(last.text().size() <= kMost);
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view words(reinterpret_cast<const char*>(data), size);
    check_field_order(words);
    check_frames(words);
    check_last_words(words);
    return 0;
}
