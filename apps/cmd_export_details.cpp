#include <fmt/format.h>

#include <apps/commands.hpp>
#include <apps/render/format.hpp>
#include <apps/render/table.hpp>
#include <apps/run_text.hpp>
#include <libdadcam/library/run_log.hpp>
#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/units.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>

namespace dadcam::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t kLogLines = 200;

struct ExportDetailsArguments {
    std::int64_t run = 0;
    bool logs = false;
    bool segments = false;
};

/// A row's key may be anything.
std::string place_of(const library::Library& library, const library::RunSegment& row) {
    try {
        return library::segment_file(library, row.key).string();
    } catch (const Error&) {
        return (library.root() / row.final_output_path).lexically_normal().string();
    }
}

Json segments_json(const library::Library& library, const std::vector<library::RunSegment>& segments) {
    Json document = Json::array();
    for (std::size_t index = 0; index < segments.size(); ++index) {
        const auto& row = segments[index];
        document.push_back({{"segmentIndex", index},
                            {"status", row.status},
                            {"reused", row.reused},
                            {"clipCount", row.clip_count},
                            {"durationMs", row.duration_ms},
                            {"startFrame", row.start_frame},
                            {"framesTotal", row.frames_total},
                            {"framesCompleted", row.frames_completed},
                            {"samplesTotal", row.samples_total},
                            {"key", row.key},
                            {"finalOutputPath", place_of(library, row)},
                            {"errorMessage", row.error_message ? Json(*row.error_message) : Json()}});
    }
    return document;
}

Json snapshot_json(const std::string& text) {
    auto json = Json::parse(text, nullptr, false);
    return json.is_discarded() ? Json() : json;
}

void print_document(Context& context, library::Library& library, const library::Run& run,
                    const ExportDetailsArguments& arguments) {
    auto document = run_json(library, run, observe(context, library));
    document["errorDetail"] = run.error_detail ? Json(*run.error_detail) : Json();
    const auto snapshot = library::run_snapshot(library, run.id);
    document["recipeSnapshot"] = snapshot_json(snapshot.recipe);
    document["inputsSnapshot"] = snapshot_json(snapshot.inputs);
    document["normalizedSettings"] = snapshot_json(snapshot.settings);
    if (arguments.segments) document["segments"] = segments_json(library, library::run_segments(library, run.id));
    if (arguments.logs) {
        document["logs"] = Json::array();
        for (const auto& line : library::logs(library, run.id, kLogLines)) {
            document["logs"].push_back(
                {{"level", line.level}, {"message", line.message}, {"createdAt", line.created_at}});
        }
    }
    print_json(context, document);
}

void print_segments(Context& context, const std::vector<library::RunSegment>& segments) {
    Table table({{"segment", Align::right},
                 {"status"},
                 {"clips", Align::right},
                 {"frames", Align::right},
                 {"length", Align::right},
                 {"note", Align::left, true}});
    for (std::size_t index = 0; index < segments.size(); ++index) {
        const auto& row = segments[index];
        table.add_row({fmt::format("{}", index + 1), row.status, fmt::format("{}", row.clip_count),
                       fmt::format("{}/{}", row.frames_completed, row.frames_total),
                       clock(static_cast<double>(row.duration_ms) / 1000),
                       row.reused ? "was there already" : row.error_message.value_or("")});
    }
    table.write(context.terminal);
}

void print_logs(Context& context, const std::vector<library::LogLine>& lines) {
    if (lines.empty()) return say(context, "Nothing was logged.");
    for (const auto& [level, message, time] : lines) {
        std::istringstream stream(message);
        bool first = true;
        for (std::string line; std::getline(stream, line); first = false) {
            say(context, first ? fmt::format("{}  {:5}  {}", time, level, line) : fmt::format("    {}", line));
        }
    }
}

void print_text(Context& context, library::Library& library, const library::Run& run,
                const ExportDetailsArguments& arguments) {
    const auto seen = condition(run, observe(context, library));
    const auto line = [&](const char* title, const std::string& value) {
        if (!value.empty()) say(context, fmt::format("{:<11}{}", title, value));
    };
    say(context, fmt::format("Export {}: {}", run.id, run.name));
    line("Status:", fmt::format("{} {}", indicator(seen), name(run.status)));
    line("Recipe:", fmt::format("{}{}", run.recipe_name,
                                run.recipe_id ? fmt::format(" (id {})", *run.recipe_id) : " (deleted since)"));
    line("Preset:", run.output_preset);
    line("Clips:", fmt::format("{}", run.total_clips));
    line("Length:",
         fmt::format("{} ({} frames)", clock(static_cast<double>(run.total_duration_ms) / 1000), run.frames_total));
    if (run.status != library::RunStatus::completed) {
        line("Progress:", fmt::format("{} % ({} frames)", run.progress, run.frames_completed));
    }
    line("Created:", run.created_at);
    line("Started:", run.started_at.value_or(""));
    line("Ended:", run.completed_at.value_or(""));
    if (run.output_path) line("Film:", (library.root() / *run.output_path).lexically_normal().string());
    if (run.output_size_bytes) line("Size:", file_size(*run.output_size_bytes));
    if (run.thumbnail_path) line("Thumbnail:", (library.root() / *run.thumbnail_path).lexically_normal().string());
    line("ffmpeg:", run.ffmpeg_version);
    if (run.resumed_from) line("Continues:", fmt::format("export {}", *run.resumed_from));
    if (const auto what = advice(run, seen); !what.empty()) line("Next:", what);
    if (run.error_message) {
        line("Error:", fmt::format("{} ({})", *run.error_message, run.error_category.value_or("unknown")));
        if (!arguments.logs) line("", fmt::format("`dadcam export-details {} --logs` shows more", run.id));
    }
    if (arguments.segments) {
        say(context, "");
        print_segments(context, library::run_segments(library, run.id));
    }
    if (arguments.logs) {
        say(context, "");
        print_logs(context, library::logs(library, run.id, kLogLines));
    }
}

int details(Context& context, const ExportDetailsArguments& arguments) {
    auto library = open_library(context, library::Access::read);
    const auto run = library::find_run(library, arguments.run);
    if (context.options.json)
        print_document(context, library, run, arguments);
    else
        print_text(context, library, run, arguments);
    return 0;
}

}  // namespace

Action declare_export_details(Declaration command) {
    auto arguments = std::make_shared<ExportDetailsArguments>();
    command.add_option("RUN", arguments->run, "The export's id, as `dadcam export-history` lists it")
        .required()
        .offers(Offered::runs);
    command.add_flag("--logs", arguments->logs, "What was logged, ffmpeg's own words included");
    command.add_flag("--segments", arguments->segments, "The segments, one by one");
    return [arguments](Context& context) { return details(context, *arguments); };
}

}  // namespace dadcam::app
