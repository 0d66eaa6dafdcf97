#pragma once

#include <filesystem>
#include <functional>
#include <libdadcam/footage/clip.hpp>
#include <libdadcam/library/library.hpp>
#include <libdadcam/zone.hpp>
#include <map>
#include <string>
#include <vector>

namespace dadcam::app::gallery {

/// A film that a clip is in, as a page names it.
struct FilmLink {
    std::string address;
    std::string name;
};

struct Clips {
    std::vector<std::string> pages;   ///< HTML
    std::vector<std::string> events;  ///< HTML: which events there are, and where
};

/// The cards of all clips, which come in the order of recording, by event and day, for pages in `folder`. `page_name`:
/// of the page of this number.
Clips clips(const library::Library& library, const std::vector<footage::Clip>& all, const Zone& zone,
            const std::function<std::vector<FilmLink>(std::int64_t clip)>& films_of,
            const std::function<std::string(std::size_t page)>& page_name, const std::filesystem::path& folder);

}  // namespace dadcam::app::gallery
