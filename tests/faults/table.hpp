#pragma once

#include <map>
#include <ostream>
#include <string>
#include <tests/faults/attempt.hpp>

namespace dadcam::faults {

/// What came of an attempt.
struct Result {
    enum class End { survived, lost, skipped };
    End end = End::survived;
    std::string seen;  ///< exit codes and the like; why it was skipped; what was lost
    double seconds = 0;
};

/// One row a kind of fault, in the order of their first attempts.
class Table {
public:
    explicit Table(const Attempts& attempts);
    void add(const Attempt& attempt, const Result& result);
    void print(std::ostream& out) const;
    unsigned lost() const;

private:
    struct Row {
        std::string kind;
        unsigned tried = 0;
        unsigned survived = 0;
        unsigned lost = 0;
        std::map<std::string, unsigned> seen{};
        double seconds = 0;
    };
    std::vector<Row> rows_;
    std::vector<std::string> losses_;
};

}  // namespace dadcam::faults
