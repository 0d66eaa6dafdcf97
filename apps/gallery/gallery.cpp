#include <fmt/format.h>

#include <apps/gallery/clips.hpp>
#include <apps/gallery/films.hpp>
#include <apps/gallery/gallery.hpp>
#include <apps/gallery/html.hpp>
#include <fstream>
#include <libdadcam/library/atomic_file.hpp>
#include <libdadcam/library/film_store.hpp>
#include <libdadcam/library/time_zone.hpp>
#include <limits>
#include <random>
#include <set>

namespace dadcam::app::gallery {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLogLines = 40;
constexpr const char* kFilms = "index";
constexpr const char* kIndex = "index.html";

/// At the head of each page: whose it is.
std::string marker(const library::Library& library) {
    return fmt::format("<!-- dadcam gallery of library {} -->", text(library.uuid()));
}

std::string page_name(const char* what, std::size_t page) {
    return page == 0 ? fmt::format("{}.html", what) : fmt::format("{}-{}.html", what, page + 1);
}

std::string nonce() {
    std::random_device random;
    std::string digits;
    for (int i = 0; i < 4; ++i) digits += fmt::format("{:08x}", random());
    return digits;
}

bool is_ours(const library::Library& library, const fs::path& page) {
    std::ifstream in(page);
    std::string first, second;
    std::getline(in, first);
    std::getline(in, second);
    return second == marker(library);
}

/// Writes pages, and remembers which.
class Writer {
public:
    Writer(const library::Library& library, fs::path folder)
        : library_(library), folder_(std::move(folder)), nonce_(nonce()) {}

    /// A kind of pages, all of which lead to each other.
    void add(const char* what, const std::string& title, const std::vector<std::string>& bodies, bool refreshes) {
        for (std::size_t at = 0; at < bodies.size(); ++at) {
            const Frame frame{fmt::format("{} – {}", library_.name(), title), library_.name(), marker(library_), nonce_,
                              refreshes};
            write(page_name(what, at), page(frame, links(what, at, bodies.size()), bodies[at]));
        }
    }
    const std::set<std::string>& written() const { return written_; }

private:
    static std::vector<Link> links(const char* what, std::size_t at, std::size_t pages) {
        const std::string_view kind = what;
        std::vector<Link> links{{kIndex, "Films", kind == kFilms && at == 0},
                                {"events.html", "Clips", kind == "events" && at == 0}};
        for (std::size_t other = 0; pages > 1 && other < pages; ++other)
            links.push_back({page_name(what, other), fmt::format("Page {}", other + 1), other == at});
        return links;
    }

    void write(const std::string& name, const std::string& html) {
        library::AtomicFile file(folder_ / name, folder_ / fmt::format(".{}.tmp", name));
        file.write(html);
        file.commit();
        written_.insert(name);
    }

    const library::Library& library_;
    fs::path folder_;
    std::string nonce_;
    std::set<std::string> written_;
};

/// Which films a clip is in, and where they are shown.
class FilmLinks {
public:
    FilmLinks(library::Library& library, const std::vector<library::Run>& runs, const Films& shown)
        : shown_(shown), in_films_(library::films_by_clip(library)) {
        for (const auto& run : runs) by_number_[run.id] = &run;
    }
    std::vector<FilmLink> of(std::int64_t clip) const {
        std::vector<FilmLink> links;
        const auto found = in_films_.find(clip);
        if (found == in_films_.end()) return links;
        for (const auto number : found->second) {
            const auto run = by_number_.find(number);
            if (run == by_number_.end()) continue;  // made since
            links.push_back(
                {fmt::format("{}#r{}", page_name(kFilms, shown_.page_of.at(number)), number), run->second->name});
        }
        return links;
    }

private:
    const Films& shown_;
    std::map<std::int64_t, std::vector<std::int64_t>> in_films_;
    std::map<std::int64_t, const library::Run*> by_number_;
};

/// Pages of before that there are no longer.
void sweep_pages(const library::Library& library, const fs::path& folder, const std::set<std::string>& written) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        const auto name = entry.path().filename().string();
        if (entry.path().extension() == ".html" && !written.contains(name) && is_ours(library, entry.path()))
            library::remove_quietly(entry.path());
    }
}

}  // namespace

fs::path usual_folder(const library::Library& library) {
    return library.folder("gallery");
}

void check_folder(const library::Library& library, const fs::path& folder) {
    std::error_code error;
    if (folder == usual_folder(library))
        library.make_own_folder(folder);
    else
        fs::create_directories(folder, error);
    if (!fs::is_directory(folder)) library::throw_write_error(folder, error ? error.value() : ENOTDIR);
    const bool is_empty = fs::is_empty(folder, error);
    if (is_empty || is_ours(library, folder / kIndex) || folder == usual_folder(library)) return;
    throw Error(Category::usage, fmt::format("{} holds something else than this library's gallery.", folder.string()),
                "Name a folder that is new or empty. Nothing was written.");
}

Written write(library::Library& library, const fs::path& folder, const std::vector<footage::Clip>* all,
              const Observation& observed) {
    Written written;
    written.index = folder / kIndex;
    const auto runs = library::history(library, std::nullopt, kAll, 0);
    const auto log_of = [&](std::int64_t run) { return library::logs(library, run, kLogLines); };
    const auto shown = films(library, runs, observed, log_of, folder);
    written.films = runs.size();
    Writer writer(library, folder);
    if (all != nullptr) {
        const FilmLinks links(library, runs, shown);
        const auto laid_out = clips(
            library, *all, library::zone_of(library), [&](std::int64_t clip) { return links.of(clip); },
            [](std::size_t page) { return page_name("clips", page); }, folder);
        writer.add("clips", "Clips", laid_out.pages, false);
        writer.add("events", "Events", laid_out.events, false);
        written.clips = all->size();
    }
    writer.add(kFilms, "Films", shown.pages, shown.is_one_rendered);
    written.pages = writer.written().size();
    if (all != nullptr) sweep_pages(library, folder, writer.written());
    return written;
}

}  // namespace dadcam::app::gallery
