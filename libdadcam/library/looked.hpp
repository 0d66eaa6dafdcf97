#pragma once

#include <filesystem>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/clip.hpp>
#include <libdadcam/footage/dating.hpp>
#include <libdadcam/library/ingest.hpp>
#include <libdadcam/measure/measure.hpp>
#include <libdadcam/process/stop.hpp>
#include <optional>
#include <string>

namespace dadcam::library {

/// What a prober found out about one file: a clip, or the reason why it is none.
struct Looked {
    std::filesystem::path path;
    footage::Clip clip;
    std::optional<footage::Measurement> measured;
    std::optional<std::string> reason;
    bool is_no_video = false;        ///< as far as its content tells, with a reason
    std::optional<Error> no_tool{};  ///< what no other file will be spared
};

/// A file that the library does not know as it is.
struct Unknown {
    std::filesystem::path path;
    bool touched = false;      ///< it knows one at this path, of another state
    std::string known_sample;  ///< that one's
};

/// What is wrong with the file is in the answer. Knows no library: several are looked into at once.
Looked look_into(const Unknown& file, const IngestOptions& options, const footage::Clock& clock,
                 const process::Stop& stop);

}  // namespace dadcam::library
