#include <libdadcam/error.hpp>

#include <utility>

namespace dadcam {

std::string_view name(Category category) {
    switch (category) {
        case Category::general:
            return "unknown";
        case Category::usage:
            return "usage";
        case Category::tool_missing:
            return "tool_missing";
        case Category::input_not_found:
            return "input_not_found";
        case Category::output_write_error:
            return "output_write_error";
        case Category::encoding_error:
            return "encoding_error";
        case Category::disk_full:
            return "disk_full";
        case Category::timeout:
            return "timeout";
        case Category::busy:
            return "busy";
        case Category::interrupted:
            return "interrupted";
        case Category::cancelled:
            return "cancelled";
    }
    return "unknown";
}

int exit_code(Category category) {
    switch (category) {
        case Category::usage:
            return 2;
        case Category::tool_missing:
            return 10;
        case Category::input_not_found:
            return 11;
        case Category::output_write_error:
            return 12;
        case Category::encoding_error:
            return 13;
        case Category::disk_full:
            return 14;
        case Category::timeout:
            return 15;
        case Category::busy:
            return 16;
        case Category::general:
        case Category::interrupted:
        case Category::cancelled:
            return 1;
    }
    return 1;
}

Error::Error(Category category, std::string message, std::string advice, std::string detail)
    : category_(category), message_(std::move(message)), advice_(std::move(advice)), detail_(std::move(detail)) {}

bool Error::recoverable() const {
    return category_ != Category::usage && category_ != Category::tool_missing &&
           category_ != Category::input_not_found;
}

}  // namespace dadcam
