#include <fmt/format.h>

#include <algorithm>
#include <apps/clip_text.hpp>
#include <apps/gallery/clips.hpp>
#include <apps/gallery/contents.hpp>
#include <apps/gallery/html.hpp>
#include <libdadcam/render/clip_pictures.hpp>
#include <set>

namespace dadcam::app::gallery {
namespace {

namespace fs = std::filesystem;
using footage::Clip;

constexpr std::size_t kClipsPage = 400'000;  // of a page: a thousand clips
constexpr std::size_t kMostFilms = 5;        // that are named on a clip's card

std::string name_of(const Clip& clip) {
    return fs::path(clip.path).filename().string();
}

/// As HTML, like all that comes from a row.
std::string day_of(const Clip& clip, const Zone& zone) {
    return text(footage::local_text(clip.recorded, zone).substr(0, 10));
}

std::string title_of(const std::string& event) {
    return event.empty() ? "No event" : text(event);
}

std::string strip(const Clip& clip, const fs::path& pictures, const fs::path& folder) {
    if (pictures.empty()) return "<p class=\"strip none\">No pictures</p>";
    return fmt::format("<img class=\"strip\" loading=\"lazy\" alt=\"Pictures of {}\" src=\"{}\">", text(name_of(clip)),
                       address(pictures, folder));
}

std::string films(const std::vector<FilmLink>& all) {
    if (all.empty()) return {};
    std::string html = "<p class=\"soft\">In ";
    for (std::size_t at = 0; at < std::min(all.size(), kMostFilms); ++at)
        html +=
            fmt::format("{}<a href=\"{}\"><bdi>{}</bdi></a>", at == 0 ? "" : ", ", all[at].address, text(all[at].name));
    if (all.size() > kMostFilms) html += fmt::format(" and {} more", all.size() - kMostFilms);
    return html + "</p>";
}

std::string tags(const std::vector<std::string>& all) {
    std::string html;
    for (const auto& tag : all) html += fmt::format("{}<bdi>{}</bdi>", html.empty() ? "" : ", ", text(tag));
    return html.empty() ? html : "<p class=\"soft\">Tags: " + html + "</p>";
}

std::string card(const Clip& clip, const Zone& zone, const fs::path& pictures, const std::vector<FilmLink>& in,
                 const fs::path& folder) {
    return fmt::format(
        "<article id=\"c{}\">{}<h3><bdi>{}</bdi></h3><p class=\"soft\">Clip {} · {} · {}{}</p>"
        "<p class=\"soft\">Time from {}</p>{}{}</article>\n",
        clip.id, strip(clip, pictures, folder), text(name_of(clip)), clip.id, text(recorded_text(clip.recorded, zone)),
        length_of(clip.facts), clip.camera.empty() ? "" : " · " + text(clip.camera), text(from_where(clip.recorded)),
        tags(clip.tags), films(in));
}

/// By event, each where its first clip was recorded; within it by time.
std::vector<const Clip*> by_event(const std::vector<Clip>& all) {
    std::map<std::string, std::size_t> first;
    std::vector<const Clip*> sorted;
    for (const auto& clip : all) {
        first.emplace(clip.event, sorted.size());
        sorted.push_back(&clip);
    }
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](const auto* a, const auto* b) { return first.at(a->event) < first.at(b->event); });
    return sorted;
}

/// What is told of an event on the way to it.
struct Event {
    std::string name;
    std::string address;
    std::string from;  ///< day
    std::string until;
    int count = 0;
};

std::string told(const Event& event) {
    return fmt::format("<p><a href=\"{}\"><bdi>{}</bdi></a> <span class=\"soft\">{} clip{}, {}{}</span></p>\n",
                       event.address, title_of(event.name), event.count, event.count == 1 ? "" : "s", event.from,
                       event.from == event.until ? "" : " to " + event.until);
}

constexpr const char* kNoClips =
    "<p class=\"empty\">No clips yet. Add some with: <code>dadcam ingest FOLDER</code></p>\n";

/// The pictures there are, by one look into their folder.
class Pictures {
public:
    Pictures(const library::Library& library, const std::vector<Clip>& all) : library_(library) {
        for (const auto at : render::without_pictures(library, all))
            without_.insert(render::pictures_place(library, all[at]));
    }
    fs::path of(const Clip& clip) const {
        auto place = render::pictures_place(library_, clip);
        return without_.contains(place) ? fs::path() : place;
    }

private:
    const library::Library& library_;
    std::set<fs::path> without_;
};

}  // namespace

Clips clips(const library::Library& library, const std::vector<Clip>& all, const Zone& zone,
            const std::function<std::vector<FilmLink>(std::int64_t clip)>& films_of,
            const std::function<std::string(std::size_t page)>& page_name, const fs::path& folder) {
    const Pictures pictures(library, all);
    Contents contents(kClipsPage), ways(kClipsPage);
    std::vector<Event> events;
    for (const auto* one : by_event(all)) {
        const auto& clip = *one;
        const auto day = day_of(clip, zone);
        const auto page = contents.add(fmt::format("<h2><bdi>{}</bdi> · {}</h2>", title_of(clip.event), day), "clips",
                                       card(clip, zone, pictures.of(clip), films_of(clip.id), folder));
        if (events.empty() || events.back().name != clip.event)
            events.push_back({clip.event, fmt::format("{}#c{}", page_name(page), clip.id), day, day});
        events.back().until = std::max(events.back().until, day);
        ++events.back().count;
    }
    for (const auto& event : events) ways.add("", "events", told(event));
    if (all.empty()) return {{kNoClips}, {kNoClips}};
    return {contents.pages(), ways.pages()};
}

}  // namespace dadcam::app::gallery
