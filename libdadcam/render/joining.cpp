#include <fmt/format.h>

#include <cstdlib>
#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/process/input.hpp>
#include <libdadcam/render/copied.hpp>
#include <libdadcam/render/index.hpp>
#include <libdadcam/render/joining.hpp>
#include <vector>

namespace dadcam::render {
namespace {

/// For the list in the store: plain and relative; but a segment that is still in the library's own folder by an address
/// in which nothing has a meaning, in the list's quotes.
std::string name_in_list(const library::Library& library, const std::string& key) {
    auto name = library::segment_name(key);
    const auto file = library::segment_file(library, key);
    if (file == library.segments() / name) return name;
    return process::quoted(process::as_input(file));
}

}  // namespace

std::string join_list(const library::Library& library, const Snapshot& snapshot, const Plan& plan) {
    std::vector<std::string> names;
    for (const auto& key : plan.keys) names.push_back(name_in_list(library, key));
    return ffmpeg::concat_list(plan.segments, names, snapshot.format.rate);
}

/// An encoder of sound works in frames of its own: to within one of the picture's, the film's sound is as long as its
/// picture.
void check_film(const std::filesystem::path& film, const Snapshot& snapshot, const Plan& plan) {
    const auto rate = snapshot.format.rate;
    const auto frame = sample_at({1}, rate).count;
    const auto expected = recipe::has_sound(snapshot.preset) ? sample_at(plan.frames(), rate).count : 0;
    const bool copies = recipe::copies_pictures(snapshot.preset);
    const auto found = index_of(film).measured;
    if (copies) check_copied(film, snapshot, plan);
    if ((copies || found.frames == plan.frames()) && std::abs(found.samples.count - expected) <= frame) return;
    throw Error(Category::encoding_error, "The joined film is incomplete.", "Run it again; finished segments are kept.",
                fmt::format("Expected {} frames and {} samples, found {} and {}.", plan.frames().count, expected,
                            found.frames.count, found.samples.count));
}

}  // namespace dadcam::render
