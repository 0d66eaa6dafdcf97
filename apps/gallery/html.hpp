#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// Pages that a browser opens from a file. Values in, text out.
namespace dadcam::app::gallery {

/// Any bytes as text of a page or of a quoted attribute: no markup, and what could turn a line around is to be seen.
std::string text(std::string_view bytes);

/// The address of a file, seen from a page in `folder`. Both absolute; every byte of a name is itself.
std::string address(const std::filesystem::path& file, const std::filesystem::path& folder);

/// What stands around the contents of a page.
struct Frame {
    std::string title;
    std::string library;  ///< its name
    std::string marker;   ///< a comment at the page's head
    std::string nonce;    ///< nobody who wrote a name knows it: scripts without it do not run
    bool refreshes = false;
};

/// A way to another page.
struct Link {
    std::string address;
    std::string words;
    bool here = false;
};

/// A whole page. `body`: HTML.
std::string page(const Frame& frame, const std::vector<Link>& links, std::string_view body);

}  // namespace dadcam::app::gallery
