#include <filesystem>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/identity.hpp>
#include <libdadcam/render/font.hpp>

namespace dadcam::render {

Font find_font() {
    for (const char* path : {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/TTF/DejaVuSans.ttf",
                             "/usr/share/fonts/dejavu/DejaVuSans.ttf"}) {
        std::error_code error;
        if (std::filesystem::is_regular_file(path, error)) return {path, footage::content_identity(path)};
    }
    throw Error(Category::tool_missing, "There is no font to draw the date with.",
                "Install one with: apt install fonts-dejavu-core");
}

}  // namespace dadcam::render
