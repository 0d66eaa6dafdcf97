#include <algorithm>
#include <libdadcam/library/run_log.hpp>
#include <libdadcam/library/statement.hpp>
#include <libdadcam/time.hpp>

namespace dadcam::library {
namespace {

constexpr std::size_t kLongestLog = 16U << 10U;

}  // namespace

void add_log(Library& library, std::int64_t run_id, std::string_view level, std::string_view message) {
    const auto cut = message.size() - std::min(message.size(), kLongestLog);
    execute(library.database(),
            "INSERT INTO job_logs (job_id, level, message, created_at) SELECT id, ?, ?, ? FROM jobs WHERE run_id = ?",
            std::string(level), std::string(message.substr(cut)), now_utc(), run_id);
}

std::vector<LogLine> logs(Library& library, std::int64_t run_id, std::int64_t limit) {
    std::vector<LogLine> lines;
    auto query = prepare(library.database(),
                         "SELECT l.level, l.message, l.created_at FROM job_logs l JOIN jobs j ON j.id = l.job_id"
                         " WHERE j.run_id = ? ORDER BY l.id DESC LIMIT ?",
                         run_id, limit);
    while (query.executeStep()) {
        lines.push_back(
            {query.getColumn(0).getString(), query.getColumn(1).getString(), query.getColumn(2).getString()});
    }
    std::reverse(lines.begin(), lines.end());
    return lines;
}

}  // namespace dadcam::library
