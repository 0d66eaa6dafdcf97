#pragma once

#include <apps/gallery/contents.hpp>
#include <apps/run_text.hpp>
#include <filesystem>
#include <libdadcam/library/run_log.hpp>
#include <map>
#include <string>
#include <vector>

namespace dadcam::app::gallery {

struct Films {
    std::vector<std::string> pages;               ///< HTML
    std::map<std::int64_t, std::size_t> page_of;  ///< by the run's number
    bool is_one_rendered = false;
};

/// A film's sentence and its log stand on its card: by this, the last lines of it.
using LogOf = std::function<std::vector<library::LogLine>(std::int64_t run)>;

/// The cards of all runs, newest first, for pages in `folder`.
Films films(const library::Library& library, const std::vector<library::Run>& runs, const Observation& observed,
            const LogOf& log_of, const std::filesystem::path& folder);

}  // namespace dadcam::app::gallery
