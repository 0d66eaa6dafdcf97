#pragma once

#include <string>
#include <vector>

/// What strace -f -y wrote, and the order in which a file must be made: write, flush, rename, flush of the folder,
/// record.
namespace dadcam::faults {

/// A system call that succeeded. A call is before another when it ended before the other began.
struct SystemCall {
    std::string name;
    std::string path;     ///< of the file that it is about
    std::string to;       ///< of a rename
    std::string content;  ///< what was written, as strace quotes it
    std::size_t begin = 0;
    std::size_t end = 0;
};
using SystemCalls = std::vector<SystemCall>;

/// The words in front of a program's that write such a trace of it to a file. Long strings, because a database page is
/// to be searched for what is in it.
std::vector<std::string> traced_to(const std::string& file);

SystemCalls parse_trace(const std::string& text);

bool is_flush(const SystemCall& call);

/// A file that must be made in order, and the text by which a write to the database is known that records it.
struct MadeFile {
    std::string path;
    std::string record;
};

/// What is not as it must be; empty: all is.
std::string wrong_order(const SystemCalls& calls, const MadeFile& file);

}  // namespace dadcam::faults
