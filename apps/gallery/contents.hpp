#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace dadcam::app::gallery {

/// Cards, parted into pages that are not too large.
class Contents {
public:
    /// `most`: bytes of a page's contents.
    explicit Contents(std::size_t most) : most_(most) {}

    /// Which page it is on, from 0. `heading`: of its group, HTML; a group goes on where it is the one before's.
    /// `kind`: the class of what holds the cards.
    std::size_t add(const std::string& heading, const char* kind, const std::string& card);

    /// Of each page; one at least.
    std::vector<std::string> pages() const;

private:
    std::size_t most_;
    std::vector<std::string> pages_{""};
    std::string heading_;
    bool is_open_ = false;
};

}  // namespace dadcam::app::gallery
