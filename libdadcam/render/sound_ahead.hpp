#pragma once

#include <atomic>
#include <cstddef>
#include <libdadcam/library/library.hpp>
#include <libdadcam/render/job.hpp>
#include <limits>

namespace dadcam::render {

/// Where pictures are copied, segments hold sound alone, which takes many times what it is encoded to. So they go as
/// soon as that is done, and are not made long before it.
class SoundAhead {
public:
    /// `jobs`: segments, and encoders of sound, at a time.
    SoundAhead(library::Library& library, std::int64_t run, const Job& job, unsigned jobs);

    /// The film's sound is encoded up to there: removes the segments before that which are in no other unfinished run.
    void used_to(Samples position);
    /// Whether a segment is needed soon. For any thread. True as long as used_to() was not called.
    bool may_begin(std::size_t segment) const;

private:
    library::Library& library_;
    std::int64_t run_;
    const Job& job_;
    Samples ahead_;  ///< the encoders' parts, and the next one
    std::atomic<std::int64_t> used_to_{std::numeric_limits<std::int64_t>::max()};
    std::size_t dropped_ = 0;  ///< segments, from the film's beginning on
};

}  // namespace dadcam::render
