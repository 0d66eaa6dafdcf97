#include <fmt/format.h>

#include <apps/commands.hpp>
#include <apps/render/format.hpp>
#include <apps/render/table.hpp>
#include <apps/run_text.hpp>
#include <libdadcam/units.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

struct ExportHistoryArguments {
    std::string status;
    std::int64_t limit = 20;
    std::int64_t offset = 0;
};

std::optional<library::RunStatus> status_of(const ExportHistoryArguments& arguments) {
    if (arguments.status.empty() || arguments.status == "all") return std::nullopt;
    return library::parse_run_status(arguments.status);
}

/// What stands beside a run that needs attention.
std::string remark_on(const library::Run& run, Condition seen) {
    return seen == Condition::failed ? run.error_message.value_or("") : advice(run, seen);
}

void print_table(Context& context, const std::vector<library::Run>& runs, const Observation& observed) {
    const bool for_eyes = context.terminal.out_is_terminal;
    Table table({{"id", Align::right},
                 {"status"},
                 {"name", Align::left, true},
                 {"size", Align::right},
                 {"length", Align::right},
                 {"made"},
                 {"remark", Align::left, true}});
    for (const auto& run : runs) {
        const auto seen = condition(run, observed);
        table.add_row({fmt::format("{}", run.id), indicator(seen), run.name,
                       run.output_size_bytes ? file_size(*run.output_size_bytes) : "-",
                       clock(static_cast<double>(run.total_duration_ms) / 1000),
                       for_eyes ? ago(run.created_at, context.now) : run.created_at, remark_on(run, seen)});
    }
    table.write(context.terminal);
}

int history(Context& context, const ExportHistoryArguments& arguments) {
    const auto status = status_of(arguments);
    auto library = open_library(context, library::Access::read);
    const auto runs = library::history(library, status, arguments.limit, arguments.offset);
    const auto observed = observe(context, library);
    if (context.options.json) {
        auto document = nlohmann::ordered_json::array();
        for (const auto& run : runs) document.push_back(run_json(library, run, observed));
        print_json(context, document);
    } else if (runs.empty()) {
        say(context, arguments.offset > 0 || status ? "No such exports."
                                                    : "No exports yet. Make a film with: dadcam export RECIPE");
    } else {
        print_table(context, runs, observed);
    }
    return 0;
}

}  // namespace

Action declare_export_history(Declaration command) {
    auto arguments = std::make_shared<ExportHistoryArguments>();
    command.add_option("--status", arguments->status, "Only pending, rendering, completed, failed or cancelled ones")
        .offers({"pending", "rendering", "completed", "failed", "cancelled"});
    command.add_option("--limit", arguments->limit, "At most this many")
        .range<std::int64_t>(1, 1'000'000)
        .show_default();
    command.add_option("--offset", arguments->offset, "Skip this many of the newest")
        .range<std::int64_t>(0, std::int64_t{1} << 53)
        .show_default();
    return [arguments](Context& context) { return history(context, *arguments); };
}

}  // namespace dadcam::app
