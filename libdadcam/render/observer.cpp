#include <libdadcam/render/observer.hpp>

namespace dadcam::render {

std::string_view name(Stage stage) {
    switch (stage) {
        case Stage::starting:
            return "starting";
        case Stage::encoding:
            return "encoding";
        case Stage::finalizing:
            return "finalizing";
    }
    return "unknown";
}

}  // namespace dadcam::render
