#include <apps/opening.hpp>
#include <libdadcam/process/process.hpp>
#include <libdadcam/process/tools.hpp>

namespace dadcam::app {

bool opened(const Context& context, const std::filesystem::path& place) {
    for (const char* opener : {"xdg-open", "open"}) {
        const auto tool = process::find_optional_tool(opener, context.terminal.variable("PATH").value_or(""));
        if (tool && process::launch({*tool, {place.string()}})) return true;
    }
    return false;
}

}  // namespace dadcam::app
