#include <fmt/format.h>

#include <algorithm>
#include <apps/gallery/films.hpp>
#include <apps/gallery/html.hpp>
#include <apps/render/format.hpp>
#include <array>
#include <libdadcam/recipe/preset.hpp>
#include <libdadcam/render/places.hpp>
#include <libdadcam/units.hpp>
#include <optional>

namespace dadcam::app::gallery {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFilmsPage = 900'000;  // of a page: a thousand films or more, which are searched together
constexpr std::size_t kMostLog = 6'000;      // bytes of a film's log

/// A condition as the filter has it, and as the badge has it.
struct Badge {
    const char* group;
    const char* words;
};

Badge badge(Condition condition) {
    switch (condition) {
        case Condition::pending:
            return {"run", "Waiting"};
        case Condition::running:
            return {"run", "In progress"};
        case Condition::stalled:
            return {"run", "Stalled"};
        case Condition::interrupted:
            return {"fail", "Interrupted"};
        case Condition::ok:
            return {"ok", "Completed"};
        case Condition::failed:
            return {"fail", "Failed"};
        case Condition::cancelled:
            return {"cancel", "Cancelled"};
    }
    return {"fail", "Failed"};
}

bool is_file(const fs::path& place) {
    std::error_code error;
    return fs::is_regular_file(fs::symlink_status(place, error)) && !error;
}

/// Where the film is; nothing when it is gone, or at a place that is not believed.
std::optional<fs::path> film_of(const library::Library& library, const library::Run& run) {
    if (!run.output_path) return std::nullopt;
    try {
        auto place = render::film_to_show(library, run);
        if (is_file(place)) return place;
    } catch (const Error&) {
    }
    return std::nullopt;
}

/// What browsers play: H.264, and HEVC where the machine can.
bool can_be_played(const library::Run& run) {
    return run.output_extension == "mp4" && (run.output_preset == "share" || run.output_preset == recipe::kDraft ||
                                             run.output_preset == recipe::kOriginal);
}

std::string picture(const library::Library& library, const library::Run& run, const std::optional<fs::path>& film,
                    const fs::path& folder) {
    const auto thumbnail = render::thumbnail_place(library, run.id);
    const auto inside = run.thumbnail_path && is_file(thumbnail)
                            ? fmt::format("<img loading=\"lazy\" alt=\"A picture of {}\" src=\"{}\">", text(run.name),
                                          address(thumbnail, folder))
                            : std::string("<span>No picture</span>");
    if (!film || !can_be_played(run)) return fmt::format("<div class=\"see\">{}</div>", inside);
    return fmt::format("<a class=\"see\" href=\"{}\" aria-label=\"Play {}\">{}</a>", address(*film, folder),
                       text(run.name), inside);
}

std::string preset_of(const library::Run& run) {
    for (const auto& preset : recipe::presets())
        if (preset.name == run.output_preset) return preset.label;
    return run.output_preset;
}

/// What to type, each for a click.
std::vector<std::string> commands(const library::Run& run, Condition seen, bool there) {
    std::vector<std::string> words;
    const auto add = [&](const char* command) { words.push_back(fmt::format("dadcam {} {}", command, run.id)); };
    if (seen == Condition::pending) add("export --run");
    if (seen == Condition::running || seen == Condition::stalled) {
        add("export-cancel");
        return words;
    }
    const bool is_over = seen != Condition::ok && seen != Condition::pending;
    if (is_over && !run.resumed_by) add("resume");
    if (there) add("export-open");
    if (seen != Condition::pending) add("export-rerun");
    add("export-delete");
    return words;
}

std::string log_text(const std::vector<library::LogLine>& lines) {
    std::string all;
    for (const auto& line : lines) all += fmt::format("{}  {:5}  {}\n", line.created_at, line.level, line.message);
    if (all.size() > kMostLog) all = "…" + all.substr(all.size() - kMostLog);
    std::string html;
    for (std::size_t at = 0; at < all.size();) {
        const auto end = std::min(all.find('\n', at), all.size());
        html += text(std::string_view(all).substr(at, end - at)) + '\n';
        at = end + 1;
    }
    return html;
}

std::string trouble(const library::Run& run, Condition seen, const LogOf& log_of) {
    std::string html;
    if (run.error_message && seen != Condition::ok) html += fmt::format("<p>{}</p>", text(*run.error_message));
    // What to type stands on the buttons already.
    if (run.resumed_by || seen == Condition::stalled)
        html += fmt::format("<p class=\"soft\">{}</p>", text(advice(run, seen)));
    if (seen == Condition::failed || seen == Condition::interrupted) {
        const auto log = log_text(log_of(run.id));
        if (!log.empty()) html += fmt::format("<details><summary>Log</summary><pre>{}</pre></details>", log);
    }
    return html;
}

std::string progress(const library::Run& run, Condition seen) {
    if (seen != Condition::running && seen != Condition::stalled) return {};
    return fmt::format(
        "<progress max=\"100\" value=\"{0}\" aria-label=\"Progress\"></progress><p class=\"soft\">{0} % · {1}</p>",
        run.progress, text(run.current_operation.value_or("Starting")));
}

/// "2019-07-14T18:30:12Z", in words that are right whenever the page is opened; a script says how long ago that was.
std::string time_of(const std::string& utc) {
    auto words = utc.substr(0, 16);
    std::replace(words.begin(), words.end(), 'T', ' ');
    return fmt::format("<time datetime=\"{}\">{} UTC</time>", text(utc), text(words));
}

std::string card(const library::Library& library, const library::Run& run, Condition seen, const LogOf& log_of,
                 const fs::path& folder) {
    const auto film = film_of(library, run);
    const auto [group, words] = badge(seen);
    auto mode = run.mode;
    std::replace(mode.begin(), mode.end(), '_', ' ');
    std::string html = fmt::format("<article id=\"r{}\" data-s=\"{}\">{}<h2><bdi>{}</bdi></h2><p class=\"{}\">{}</p>",
                                   run.id, group, picture(library, run, film, folder), text(run.name), group, words);
    html += progress(run, seen);
    html += fmt::format(
        "<p class=\"soft\">{} · {} · {} clip{} · {}{} · {}</p>", text(preset_of(run)), text(mode), run.total_clips,
        run.total_clips == 1 ? "" : "s", clock(static_cast<double>(run.total_duration_ms) / 1000),
        run.output_size_bytes ? " · " + file_size(*run.output_size_bytes) : "", time_of(run.created_at));
    if (run.output_path && !film) html += "<p class=\"gone\">The film is no longer there.</p>";
    if (!run.left_out.empty())
        html += fmt::format("<p class=\"soft\">Not in the film: {} clip{}</p>", run.left_out.size(),
                            run.left_out.size() == 1 ? "" : "s");
    html += trouble(run, seen, log_of);
    html += "<p class=\"do\">";
    for (const auto& command : commands(run, seen, film.has_value()))
        html += fmt::format("<button title=\"Copy\">{}</button>", command);
    return html + "</p></article>\n";
}

std::string bar(const std::map<std::string, int>& counts, std::size_t all) {
    constexpr std::array<std::pair<const char*, const char*>, 4> kFilters{
        {{"ok", "Completed"}, {"fail", "Failed"}, {"cancel", "Cancelled"}, {"run", "In progress"}}};
    std::string html = fmt::format(
        "<div class=\"bar\" role=\"group\" aria-label=\"Filter\">"
        "<button data-filter=\"all\" aria-pressed=\"true\">All {}</button>",
        all);
    for (const auto& [group, words] : kFilters) {
        const auto count = counts.find(group);
        html += fmt::format("<button data-filter=\"{}\" aria-pressed=\"false\">{} {}</button>", group, words,
                            count == counts.end() ? 0 : count->second);
    }
    return html +
           "<input id=\"search\" type=\"search\" placeholder=\"Search\" aria-label=\"Search films\" "
           "autocomplete=\"off\"></div>\n";
}

constexpr const char* kNoFilms =
    "<p class=\"empty\">No films yet. Make one with: <code>dadcam export RECIPE</code></p>\n";
constexpr const char* kNoneFits = "<p class=\"empty\" id=\"none\" hidden>No film here is like that.</p>\n";

}  // namespace

Films films(const library::Library& library, const std::vector<library::Run>& runs, const Observation& observed,
            const LogOf& log_of, const fs::path& folder) {
    Films result;
    Contents contents(kFilmsPage);
    std::map<std::string, int> counts;
    for (const auto& run : runs) {
        const auto seen = condition(run, observed);
        ++counts[badge(seen).group];
        result.is_one_rendered = result.is_one_rendered || seen == Condition::running;
        result.page_of[run.id] = contents.add("", "films", card(library, run, seen, log_of, folder));
    }
    result.pages = contents.pages();
    for (auto& body : result.pages) body = runs.empty() ? kNoFilms : bar(counts, runs.size()) + kNoneFits + body;
    return result;
}

}  // namespace dadcam::app::gallery
