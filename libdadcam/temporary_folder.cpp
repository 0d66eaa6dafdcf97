#include <fmt/format.h>
#include <stdlib.h>  // mkdtemp

#include <cerrno>
#include <libdadcam/error.hpp>
#include <libdadcam/temporary_folder.hpp>
#include <system_error>

namespace dadcam {
namespace {

constexpr const char* kNameAnother = "Name another place for temporary files with $TMPDIR.";

}  // namespace

std::filesystem::path temporary_place() {
    std::error_code error;
    auto place = std::filesystem::temp_directory_path(error);
    if (error)
        throw Error(Category::output_write_error,
                    fmt::format("There is no folder for temporary files: {}.", error.message()), kNameAnother);
    return place;
}

std::filesystem::path make_temporary_folder(const std::string& beginning) {
    const auto place = temporary_place();
    auto name = (place / (beginning + "XXXXXX")).string();
    if (::mkdtemp(name.data()) != nullptr) return name;
    const bool is_full = errno == ENOSPC || errno == EDQUOT;
    throw Error(is_full ? Category::disk_full : Category::output_write_error,
                fmt::format("No temporary folder can be made in {}: {}.", place.string(),
                            std::generic_category().message(errno)),
                kNameAnother);
}

}  // namespace dadcam
