// The index of a film or a segment: ffmpeg's own, but a store can come from anyone. And the fragments of a clip, and
// its table of how long pictures are.
#include <cstddef>
#include <cstdint>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/fragments.hpp>
#include <libdadcam/footage/sample_table.hpp>
#include <libdadcam/render/index.hpp>
#include <sstream>

namespace {

void require(bool holds) {
    if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace dadcam;
    std::istringstream in(std::string(reinterpret_cast<const char*>(data), size));
    const auto whole = static_cast<std::int64_t>(size);
    try {
        for (const auto& [offset, bytes] : render::read_index(in, whole).sound) {
            require(offset >= 0 && bytes >= 0 && offset <= whole && bytes <= whole - offset);
        }
    } catch (const Error& error) {
        require(error.category() == Category::encoding_error);
    }
    std::istringstream clip(in.str());
    footage::flaws_of_fragments(clip, size);
    if (const auto times = footage::sample_times(clip, size, "0x1")) {
        require(times->samples > 0 && times->ticks >= 0 && times->last >= 0 && times->scale > 0 &&
                times->shortest >= 0 && times->last_shown >= 0 && times->begin <= times->end && times->shown >= 0);
    }
    return 0;
}
