#include <libdadcam/footage/first_bytes.hpp>
#include <libdadcam/footage/moi.hpp>
#include <libdadcam/footage/names.hpp>
#include <libdadcam/footage/shape.hpp>

namespace dadcam::footage {
namespace {

constexpr int kLinesOfStandardDefinition = 576;

/// Whether a picture is nearer to 16:9 than to 4:3: wider than the geometric mean of both.
bool is_wide(const Facts& facts) {
    const double shape = facts.sample_aspect.value() * facts.width / facts.height;
    return shape * shape > 16.0 / 9 * 4 / 3;
}

}  // namespace

std::optional<bool> wide_beside(const std::filesystem::path& clip) {
    const auto extension = small_letters(clip.extension().string());
    if (extension != ".mod" && extension != ".tod") return std::nullopt;
    for (const auto& name : moi_names(clip.stem().string())) {
        const auto moi = read_moi(first_bytes_of(clip.parent_path() / name, kMoiBytes));
        if (moi && moi->wide) return moi->wide;
    }
    return std::nullopt;
}

void take_shape(Facts& facts, std::optional<bool> wide) {
    facts.wide = wide;
    if (!wide || *wide == is_wide(facts) || (!*wide && facts.height > kLinesOfStandardDefinition)) return;
    const auto aspect = *wide ? reduced(std::int64_t{16} * facts.height, std::int64_t{9} * facts.width)
                              : reduced(std::int64_t{4} * facts.height, std::int64_t{3} * facts.width);
    if (is_believable_aspect(aspect)) facts.sample_aspect = aspect;
}

}  // namespace dadcam::footage
