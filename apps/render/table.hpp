#pragma once

#include <apps/terminal.hpp>

#include <string>
#include <vector>

namespace dadcam::app {

enum class Align { left, right };

struct Column {
    std::string title;
    Align align = Align::left;
    bool flexible = false;  ///< may be cut when the terminal is too narrow: names and paths, never ids or numbers
};

/// A listing for people: a header, then a line a row, two spaces between columns, no spaces at a line's end.
class Table {
public:
    explicit Table(std::vector<Column> columns);

    /// A cell for each column, of any text: it is made printable() here. Throws std::invalid_argument on another count.
    void add_row(std::vector<std::string> cells);

    /// Writes to `terminal.out`. When that is a terminal of known width, the widest flexible column is cut until the
    /// lines fit, in its middle; where none is left that can be, the lines are. Otherwise nothing is cut.
    void write(const Terminal& terminal) const;

private:
    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> lines_;  ///< the titles, then the rows
};

}  // namespace dadcam::app
