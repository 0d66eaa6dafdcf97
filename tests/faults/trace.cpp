#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <sstream>
#include <tests/faults/trace.hpp>

namespace dadcam::faults {
namespace {

constexpr const char* kUnfinished = " <unfinished ...>";

bool is_write(const SystemCall& call) {
    return call.name == "write" || call.name == "writev" || call.name == "pwrite64" || call.name == "ftruncate";
}

/// "…(7</a/path>, …": the path of the descriptor that comes first.
std::string path_of_descriptor(const std::string& arguments) {
    const auto open = arguments.find('<');
    const auto close = arguments.find('>', open);
    return open == std::string::npos || close == std::string::npos ? "" : arguments.substr(open + 1, close - open - 1);
}

/// The texts in quotes.
std::vector<std::string> quoted(const std::string& arguments) {
    std::vector<std::string> found;
    for (auto open = arguments.find('"'); open != std::string::npos; open = arguments.find('"', open)) {
        auto close = open + 1;
        while (close < arguments.size() && arguments[close] != '"') close += arguments[close] == '\\' ? 2U : 1U;
        found.push_back(arguments.substr(open + 1, close - open - 1));
        open = close + 1;
    }
    return found;
}

SystemCall read_call(const std::string& name, const std::string& arguments, std::size_t begin, std::size_t end) {
    SystemCall call{name, {}, {}, {}, begin, end};
    const auto texts = quoted(arguments);
    if (name.starts_with("rename") && texts.size() >= 2) {
        call.path = texts[0];
        call.to = texts[1];
    } else if (name.starts_with("unlink") && !texts.empty()) {
        call.path = texts[0];
    } else {
        call.path = path_of_descriptor(arguments);
        if (!texts.empty()) call.content = texts[0];
    }
    return call;
}

template <typename Is>
const SystemCall* last_before(const SystemCalls& calls, std::size_t moment, Is is) {
    const SystemCall* found = nullptr;
    for (const auto& call : calls) {
        if (call.begin < moment && is(call)) found = &call;
    }
    return found;
}

template <typename Is>
const SystemCall* first(const SystemCalls& calls, Is is) {
    const auto found = std::find_if(calls.begin(), calls.end(), is);
    return found == calls.end() ? nullptr : &*found;
}

}  // namespace

std::vector<std::string> traced_to(const std::string& file) {
    return {
        "strace", "-f",
        "-y",     "-qq",
        "-s",     "4200",
        "-o",     file,
        "-e",     "trace=write,writev,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat"};
}

bool is_flush(const SystemCall& call) {
    return call.name == "fsync" || call.name == "fdatasync";
}

SystemCalls parse_trace(const std::string& text) {
    struct Begun {
        std::string name, arguments;
        std::size_t line;
    };
    std::map<std::string, Begun> unfinished;  // by thread
    SystemCalls calls;
    std::istringstream lines(text);
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line); ++number) {
        // "123 fsync(7</a>) = 0", "123 fsync(7</a> <unfinished ...>", "123 <... fsync resumed>) = 0"
        const auto space = line.find(' ');
        const auto start = line.find_first_not_of(' ', space);
        if (space == std::string::npos || start == std::string::npos) continue;
        const auto thread = line.substr(0, space);
        const auto rest = line.substr(start);
        const auto result = rest.rfind(" = ");
        const bool succeeded = result != std::string::npos && rest.compare(result, 4, " = -") != 0;
        if (rest.starts_with("<... ")) {
            const auto begun = unfinished.extract(thread);
            if (!begun.empty() && succeeded)
                calls.push_back(read_call(begun.mapped().name, begun.mapped().arguments, begun.mapped().line, number));
            continue;
        }
        const auto open = rest.find('(');
        if (open == std::string::npos) continue;
        if (rest.ends_with(kUnfinished)) {
            unfinished[thread] = {rest.substr(0, open), rest.substr(open), number};
        } else if (succeeded) {
            calls.push_back(read_call(rest.substr(0, open), rest.substr(open), number, number));
        }
    }
    std::sort(calls.begin(), calls.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
    return calls;
}

std::string wrong_order(const SystemCalls& calls, const MadeFile& file) {
    const auto folder = std::filesystem::path(file.path).parent_path().string();
    const auto* rename = first(calls, [&](const auto& call) { return call.to == file.path; });
    if (rename == nullptr) return "it was not renamed into its place";
    const auto& temporary = rename->path;
    const auto* write = last_before(calls, calls.back().end + 1,
                                    [&](const auto& call) { return is_write(call) && call.path == temporary; });
    if (write == nullptr) return "nothing was written to its temporary";
    const auto* flush =
        last_before(calls, rename->begin, [&](const auto& call) { return is_flush(call) && call.path == temporary; });
    if (flush == nullptr) return "it was renamed without having been flushed";
    if (flush->end >= rename->begin) return "it was renamed while it was being flushed";
    if (write->end >= flush->begin) return "it was written to after it was flushed";
    const auto* flush_of_folder = first(
        calls, [&](const auto& call) { return is_flush(call) && call.path == folder && call.begin > rename->end; });
    if (flush_of_folder == nullptr) return "its folder was not flushed after the rename";
    const auto* record = first(calls, [&](const auto& call) {
        return is_write(call) && call.path.ends_with("/dadcam.db-wal") &&
               call.content.find(file.record) != std::string::npos;
    });
    if (record == nullptr) return "it was not recorded";
    if (record->begin <= flush_of_folder->end) return "it was recorded before its folder was flushed";
    return {};
}

}  // namespace dadcam::faults
