#include <fmt/format.h>

#include <algorithm>
#include <apps/ingesting.hpp>
#include <apps/render/format.hpp>
#include <apps/render/progress_line.hpp>
#include <apps/render/timed.hpp>
#include <libdadcam/process/in_order.hpp>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

using Json = nlohmann::ordered_json;

Json as_json(const library::IngestReport& report) {
    Json duplicates = Json::array(), refused = Json::array(), ignored = Json::array(), passed_over = Json::array(),
         shorter = Json::array(), damaged = Json::array();
    for (const auto& row : report.shorter) {
        shorter.push_back(
            {{"path", row.path}, {"durationMs", row.duration_us / 1000}, {"claimedMs", row.claimed_us / 1000}});
    }
    for (const auto& [path, stretches] : report.damaged) {
        Json lost = Json::array();
        for (const auto& one : stretches) lost.push_back({{"atMs", one.at_us / 1000}, {"ms", one.us / 1000}});
        damaged.push_back({{"path", path}, {"lost", lost}});
    }
    for (const auto& row : report.duplicates)
        duplicates.push_back({{"path", row.path.string()}, {"knownAs", row.known_as}});
    for (const auto& row : report.refused) refused.push_back({{"path", row.path.string()}, {"reason", row.reason}});
    for (const auto& path : report.ignored) ignored.push_back(path.string());
    Json removed = Json::array();
    for (const auto& path : report.removed) removed.push_back(path.string());
    for (const auto& row : report.passed_over)
        passed_over.push_back({{"path", row.path.string()}, {"kind", footage::name(row.kind)}});
    return {{"added", report.added}, {"updated", report.updated}, {"moved", report.moved},
            {"known", report.known}, {"duplicates", duplicates},  {"refused", refused},
            {"ignored", ignored},    {"passedOver", passed_over}, {"shorter", shorter},
            {"damaged", damaged},    {"removed", removed}};
}

/// What a person calls one of them, and several.
std::pair<const char*, const char*> one_and_several(footage::Kind kind) {
    switch (kind) {
        case footage::Kind::proxy:
            return {"proxy", "proxies"};
        case footage::Kind::companion:
            return {"companion", "companions"};
        case footage::Kind::menu:
            return {"menu", "menus"};
        case footage::Kind::system_folder:
            return {"system folder", "system folders"};
        case footage::Kind::link:
            return {"link", "links"};
    }
    return {"", ""};
}

/// "12 companions, 3 proxies"; empty when nothing was passed over.
std::string counted(const std::vector<footage::PassedOver>& passed_over) {
    using footage::Kind;
    std::string text;
    for (const auto kind : {Kind::companion, Kind::proxy, Kind::menu, Kind::system_folder, Kind::link}) {
        const auto count = std::count_if(passed_over.begin(), passed_over.end(),
                                         [&](const footage::PassedOver& row) { return row.kind == kind; });
        const auto [one, several] = one_and_several(kind);
        if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, count == 1 ? one : several);
    }
    return text;
}

void list_passed_over(const Context& context, const std::vector<footage::PassedOver>& passed_over) {
    if (context.options.verbose) {
        for (const auto& row : passed_over)
            remark(context, fmt::format("{}: {}", one_and_several(row.kind).first, row.path.string()));
        return;
    }
    const bool is_taken_by_all = std::any_of(passed_over.begin(), passed_over.end(), [](const auto& row) {
        return row.kind != footage::Kind::link;  // a link is followed when it is named
    });
    if (!passed_over.empty())
        remark(context, fmt::format("--verbose lists what was skipped{}", is_taken_by_all ? ", --all adds it" : ""));
}

void list_left_out(const Context& context, const library::IngestReport& report) {
    for (const auto& row : report.refused) {
        context.terminal.err << printable(fmt::format("left out: {}: {}", row.path.string(), row.reason)) << '\n';
    }
    for (const auto& row : report.shorter) {
        context.terminal.err << printable(fmt::format("shorter than its header says: {}: {:.2f} s of {:.2f} s",
                                                      row.path, static_cast<double>(row.duration_us) / 1e6,
                                                      static_cast<double>(row.claimed_us) / 1e6))
                             << '\n';
    }
    for (const auto& [path, stretches] : report.damaged) {
        for (const auto& lost : stretches) {
            const auto at = static_cast<double>(lost.at_us) / 1e6, length = static_cast<double>(lost.us) / 1e6;
            const auto what = lost.us > 0 ? fmt::format("{:.2f} s at {:.2f} s cannot be read", length, at)
                                          : fmt::format("what comes at {:.2f} s cannot be read", at);
            context.terminal.err << printable(fmt::format("damaged: {}: {}", path, what)) << '\n';
        }
    }
    for (const auto& row : report.duplicates) {
        remark(context, fmt::format("the same as {}: {}", row.known_as, row.path.string()));
    }
    if (context.options.verbose) {
        for (const auto& path : report.removed) remark(context, fmt::format("removed before: {}", path.string()));
    }
    constexpr std::size_t kNamed = 5;
    const auto named = context.options.verbose ? report.ignored.size() : std::min(kNamed, report.ignored.size());
    for (std::size_t i = 0; i < named; ++i) {
        remark(context, fmt::format("not footage: {}", report.ignored[i].string()));
    }
    if (named < report.ignored.size()) {
        remark(context,
               fmt::format("not footage: {} more files (--verbose lists them)", report.ignored.size() - named));
    }
}

std::string summary(const library::IngestReport& report) {
    std::string text = fmt::format("{} added", report.added.size());
    const auto add = [&](std::size_t count, const char* what) {
        if (count > 0) text += fmt::format(", {} {}", count, what);
    };
    add(static_cast<std::size_t>(report.known), "already known");
    add(report.updated.size(), "changed");
    add(report.moved.size(), "found in a new place");
    add(report.duplicates.size(), "the same as others");
    add(report.ignored.size(), "not footage");
    add(report.removed.size(), "removed before");
    add(report.refused.size(), "left out");
    if (!report.passed_over.empty()) text += "; skipped: " + counted(report.passed_over);
    return text;
}

}  // namespace

library::IngestReport take_in(const Context& context, library::Library& library, library::IngestOptions options) {
    const auto paths = tool_paths(context);
    options.ffprobe = process::find_tool(paths.ffprobe, paths.search_path);
    options.ffmpeg = process::find_tool(paths.ffmpeg, paths.search_path);
    options.before_probing = [&] {
        process::find_ffprobe(paths, process::find_ffmpeg(paths, {}, context.stop), context.stop);
    };
    options.probers = process::usual_threads();
    const auto begun = std::chrono::steady_clock::now();
    library::IngestReport report;
    {
        ProgressLine line(context);
        report = library::ingest(library, options, context.stop, [&](std::size_t done, std::size_t total) {
            if (done > 0) line.show(fmt::format("Looked at {} of {} files", done, total));
        });
    }
    if (context.options.verbose)
        remark(context, fmt::format("Looking at the files took {}.", took(std::chrono::steady_clock::now() - begun)));
    return report;
}

int ingest_into(const Context& context, library::Library& library, library::IngestOptions options) {
    const auto report = take_in(context, library, std::move(options));
    list_left_out(context, report);
    list_passed_over(context, report.passed_over);
    if (context.options.json)
        print_json(context, as_json(report));
    else
        say(context, summary(report));
    return report.refused.empty() ? 0 : 3;
}

}  // namespace dadcam::app
