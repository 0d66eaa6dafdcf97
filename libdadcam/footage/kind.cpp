#include <fmt/format.h>

#include <libdadcam/footage/kind.hpp>

namespace dadcam::footage {
namespace {

std::string size_of(const Facts& facts) {
    return fmt::format("{}x{}", facts.width, facts.height);
}

std::string aspect_of(const Facts& facts) {
    return fmt::format("pixels of {}:{}", facts.sample_aspect.num, facts.sample_aspect.den);
}

std::string colours_of(const Facts& facts) {
    return fmt::format("the colours {}/{}/{}/{}", facts.color_space, facts.color_primaries, facts.color_transfer,
                       facts.color_range);
}

}  // namespace

std::string other_kind(const Facts& clip, const Facts& reference) {
    const auto is_another = [&](auto what) {
        const std::string own = what(clip), other = what(reference);
        return own == other ? std::string() : fmt::format("it has {}, not {}", own, other);
    };
    std::string found;
    const auto look = [&](auto what) {
        if (found.empty()) found = is_another(what);
    };
    look([](const Facts& facts) { return facts.codec; });
    look(size_of);
    look(aspect_of);
    look([](const Facts& facts) { return fmt::format("a rotation of {}", facts.rotation); });
    look([](const Facts& facts) { return facts.pixel_format; });
    look([](const Facts& facts) { return fmt::format("the field order {}", facts.field_order); });
    look(colours_of);
    look([](const Facts& facts) { return fmt::format("a time base of {}", to_string(facts.time_base)); });
    look([](const Facts& facts) { return fmt::format("its pictures as stream {}", facts.stream); });
    return found;
}

}  // namespace dadcam::footage
