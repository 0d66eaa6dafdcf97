#include <libdadcam/version.hpp>

namespace dadcam {

std::string_view version() {
    return DADCAM_VERSION;
}

}  // namespace dadcam
