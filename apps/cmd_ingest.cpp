#include <fmt/format.h>

#include <algorithm>
#include <apps/commands.hpp>
#include <apps/render/format.hpp>
#include <apps/render/progress_line.hpp>
#include <libdadcam/library/ingest.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

namespace dadcam::app {
namespace {

using Json = nlohmann::ordered_json;

struct IngestArguments {
    std::vector<std::string> places;
    bool copy = false;
};

Json as_json(const library::IngestReport& report) {
    Json duplicates = Json::array(), refused = Json::array(), ignored = Json::array();
    for (const auto& row : report.duplicates)
        duplicates.push_back({{"path", row.path.string()}, {"knownAs", row.known_as}});
    for (const auto& row : report.refused) refused.push_back({{"path", row.path.string()}, {"reason", row.reason}});
    for (const auto& path : report.ignored) ignored.push_back(path.string());
    return {{"added", report.added},    {"updated", report.updated}, {"moved", report.moved}, {"known", report.known},
            {"duplicates", duplicates}, {"refused", refused},        {"ignored", ignored}};
}

void list_left_out(const Context& context, const library::IngestReport& report) {
    for (const auto& row : report.refused) {
        context.terminal.err << printable(fmt::format("left out: {}: {}", row.path.string(), row.reason)) << '\n';
    }
    for (const auto& row : report.duplicates) {
        remark(context, fmt::format("the same as {}: {}", row.known_as, row.path.string()));
    }
    constexpr std::size_t kNamed = 5;
    const auto named = context.options.verbose ? report.ignored.size() : std::min(kNamed, report.ignored.size());
    for (std::size_t i = 0; i < named; ++i) {
        remark(context, fmt::format("not footage: {}", report.ignored[i].string()));
    }
    if (named < report.ignored.size()) {
        remark(context,
               fmt::format("not footage: {} more files (--verbose names them)", report.ignored.size() - named));
    }
}

std::string summary(const library::IngestReport& report) {
    std::string text = fmt::format("{} added", report.added.size());
    const auto add = [&](std::size_t count, const char* what) {
        if (count > 0) text += fmt::format(", {} {}", count, what);
    };
    add(static_cast<std::size_t>(report.known), "known already");
    add(report.updated.size(), "changed");
    add(report.moved.size(), "found in a new place");
    add(report.duplicates.size(), "the same as others");
    add(report.ignored.size(), "not footage");
    add(report.refused.size(), "left out");
    return text;
}

int ingest(Context& context, const IngestArguments& arguments) {
    auto library = open_library(context, library::Access::write);
    const auto paths = tool_paths(context);
    library::IngestOptions options;
    for (const auto& place : arguments.places) options.places.push_back(context.folder / place);
    options.copy = arguments.copy;
    options.ffprobe = process::find_tool(paths.ffprobe, paths.search_path);
    options.ffmpeg = process::find_tool(paths.ffmpeg, paths.search_path);
    options.before_probing = [&] {
        process::find_ffprobe(paths, process::find_ffmpeg(paths, {}, context.stop), context.stop);
    };
    options.probers = std::max(2U, std::thread::hardware_concurrency());
    library::IngestReport report;
    {
        ProgressLine line(context);
        report = library::ingest(library, options, context.stop, [&](std::size_t done, std::size_t total) {
            if (done > 0) line.show(fmt::format("Looked into {} of {} files", done, total));
        });
    }
    list_left_out(context, report);
    if (context.options.json)
        print_json(context, as_json(report));
    else
        say(context, summary(report));
    return report.refused.empty() ? 0 : 3;
}

}  // namespace

Action declare_ingest(Declaration command) {
    auto arguments = std::make_shared<IngestArguments>();
    command.add_option("PATH", arguments->places, "Files and folders; folders are searched").required();
    command.add_flag("--copy", arguments->copy, "Copy the files to originals/YYYY/MM in the library, verified");
    return [arguments](Context& context) { return ingest(context, *arguments); };
}

}  // namespace dadcam::app
