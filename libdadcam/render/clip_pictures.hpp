#pragma once

#include <filesystem>
#include <functional>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/clip.hpp>
#include <libdadcam/library/library.hpp>
#include <libdadcam/library/work_lock.hpp>
#include <libdadcam/process/stop.hpp>
#include <libdadcam/render/options.hpp>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// Pictures of clips, to look at: four of each, side by side, as a film shows them. Made once for a content.
namespace dadcam::render {

/// <root>/.dadcam/pictures/<content>.jpg
std::filesystem::path pictures_place(const library::Library& library, const footage::Clip& clip);

/// The same where they are; empty where there are none.
std::filesystem::path pictures_of(const library::Library& library, const footage::Clip& clip);

/// What has to be made, told by one look into the folder: indices into `clips`. Of the clips of one content, the first.
std::vector<std::size_t> without_pictures(const library::Library& library, std::span<const footage::Clip> clips);

struct PicturesMade {
    std::size_t made = 0;
    std::vector<std::pair<std::string, Error>> failed;  ///< stored path: nothing of it could be decoded, or it is gone
};

/// Makes those that are not there yet, several at once. `on_progress`: how many are done, of how many. What was made
/// by then stays after Error(cancelled), Error(disk_full), Error(output_write_error), Error(tool_missing).
PicturesMade make_pictures(library::Library& library, const library::WorkLock& lock,
                           std::span<const footage::Clip> clips, const RenderTools& tools,
                           const std::function<void(std::size_t, std::size_t)>& on_progress, const process::Stop& stop);

/// Removes pictures of what is none of these clips, which are all there are, and what a crash left behind.
void sweep_pictures(const library::Library& library, const library::WorkLock& lock,
                    std::span<const footage::Clip> clips);

}  // namespace dadcam::render
