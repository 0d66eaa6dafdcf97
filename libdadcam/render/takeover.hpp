#pragma once

#include <libdadcam/library/run_store.hpp>
#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/render/snapshot.hpp>
#include <map>
#include <set>
#include <string>

namespace dadcam::render {

/// The run that is being resumed, looked at to tell why a segment that it had finished is rendered again.
class Takeover {
public:
    /// Of a run that resumes none: it has nothing to tell.
    Takeover() = default;
    Takeover(library::Library& library, std::int64_t old_run, const Snapshot& now, const RenderTools& tools);

    /// Why the store has no segment of this key for what lies here; empty when it was not finished yet.
    std::string why_again(const timeline::Segment& segment, const std::string& key, const Plan& plan,
                          const Snapshot& now) const;

private:
    std::string general_;                        ///< what touches every segment
    std::set<std::string> changed_;              ///< content ids that the old run did not have
    std::map<std::string, std::string> status_;  ///< of the old run's segments, by key
    bool knows_ = false;
};

}  // namespace dadcam::render
