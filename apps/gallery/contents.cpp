#include <fmt/format.h>

#include <apps/gallery/contents.hpp>

namespace dadcam::app::gallery {
namespace {

constexpr const char* kEnd = "</div></section>\n";

}  // namespace

std::size_t Contents::add(const std::string& heading, const char* kind, const std::string& card) {
    if (is_open_ && (heading != heading_ || pages_.back().size() + card.size() > most_)) {
        pages_.back() += kEnd;
        is_open_ = false;
    }
    if (!is_open_) {
        const auto head = fmt::format("<section>{}<div class=\"{}\">\n", heading, kind);
        if (pages_.back().size() + head.size() + card.size() > most_) pages_.emplace_back();
        pages_.back() += head;
        is_open_ = true;
        heading_ = heading;
    }
    pages_.back() += card;
    return pages_.size() - 1;
}

std::vector<std::string> Contents::pages() const {
    auto pages = pages_;
    if (is_open_) pages.back() += kEnd;
    return pages;
}

}  // namespace dadcam::app::gallery
