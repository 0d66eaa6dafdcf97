#include <fmt/format.h>

#include <algorithm>
#include <tests/faults/table.hpp>

namespace dadcam::faults {
namespace {

constexpr const char* kLine = "{:<32} {:>6} {:>9} {:>5} {:>8}  {}\n";

std::string list(const std::map<std::string, unsigned>& seen) {
    std::string text;
    for (const auto& [what, times] : seen) {
        if (!text.empty()) text += "; ";
        text += times == 1 ? what : fmt::format("{} ({} times)", what, times);
    }
    return text;
}

std::string seconds(double value) {
    return fmt::format("{:.1f} s", value);
}

}  // namespace

Table::Table(const Attempts& attempts) {
    for (const auto& attempt : attempts) {
        if (std::none_of(rows_.begin(), rows_.end(), [&](const Row& row) { return row.kind == attempt.kind; }))
            rows_.push_back({attempt.kind});
    }
}

void Table::add(const Attempt& attempt, const Result& result) {
    auto& row = *std::find_if(rows_.begin(), rows_.end(), [&](const Row& it) { return it.kind == attempt.kind; });
    row.seconds += result.seconds;
    const bool lost = result.end == Result::End::lost;
    ++row.seen[lost ? "LOST" : result.seen];
    if (lost) losses_.push_back(fmt::format("{}, {}: {}", attempt.kind, attempt.name, result.seen));
    if (result.end == Result::End::skipped) return;
    ++row.tried;
    ++(lost ? row.lost : row.survived);
}

void Table::print(std::ostream& out) const {
    out << fmt::format(kLine, "fault", "tried", "survived", "lost", "time", "seen");
    Row total{"total"};
    for (const auto& row : rows_) {
        out << fmt::format(kLine, row.kind, row.tried, row.survived, row.lost, seconds(row.seconds), list(row.seen));
        total.tried += row.tried;
        total.survived += row.survived;
        total.lost += row.lost;
        total.seconds += row.seconds;
    }
    out << fmt::format(kLine, total.kind, total.tried, total.survived, total.lost, seconds(total.seconds), "");
    for (const auto& loss : losses_) out << "LOST: " << loss << '\n';
}

unsigned Table::lost() const {
    unsigned sum = 0;
    for (const auto& row : rows_) sum += row.lost;
    return sum;
}

}  // namespace dadcam::faults
