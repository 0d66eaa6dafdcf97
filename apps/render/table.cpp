#include <apps/render/format.hpp>
#include <apps/render/table.hpp>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace dadcam::app {

namespace {

constexpr int kGap = 2;
constexpr int kNarrowest = 8;  // a name cut shorter than this says nothing

std::vector<int> natural_widths(const std::vector<std::vector<std::string>>& lines) {
    std::vector<int> widths(lines.front().size(), 0);
    for (const auto& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], display_width(line[i]));
    }
    return widths;
}

void narrow(std::vector<int>& widths, const std::vector<Column>& columns, int available) {
    int total = std::accumulate(widths.begin(), widths.end(), kGap * (static_cast<int>(widths.size()) - 1));
    for (; total > available; --total) {
        int* widest = nullptr;
        for (std::size_t i = 0; i < widths.size(); ++i) {
            if (columns[i].flexible && widths[i] > (widest != nullptr ? *widest : kNarrowest)) widest = &widths[i];
        }
        if (widest == nullptr) return;
        --*widest;
    }
}

}  // namespace

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {
    std::vector<std::string> titles;
    for (const Column& column : columns_) titles.push_back(column.title);
    add_row(std::move(titles));
}

void Table::add_row(std::vector<std::string> cells) {
    if (cells.size() != columns_.size()) throw std::invalid_argument("a table row needs a cell for each column");
    for (std::string& cell : cells) cell = printable(cell);
    lines_.push_back(std::move(cells));
}

void Table::write(const Terminal& terminal) const {
    std::vector<int> widths = natural_widths(lines_);
    const int available = terminal.out_is_terminal && terminal.columns ? terminal.columns() : 0;
    if (available > 0) narrow(widths, columns_, available);
    for (const auto& cells : lines_) {
        std::string line;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const std::string cell = fit_middle(cells[i], widths[i]);
            const std::string padding(static_cast<std::size_t>(widths[i] - display_width(cell)), ' ');
            if (i > 0) line.append(kGap, ' ');
            line += columns_[i].align == Align::right ? padding + cell : cell + padding;
        }
        line.erase(line.find_last_not_of(' ') + 1);
        terminal.out << (available > 0 ? fit(line, available) : line) << '\n';
    }
}

}  // namespace dadcam::app
