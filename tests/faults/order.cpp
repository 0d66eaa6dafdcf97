#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tests/faults/trace.hpp>
#include <tests/faults/trial.hpp>

namespace dadcam::faults {
namespace {

namespace fs = std::filesystem;

/// Everything that was renamed into its place in the library.
std::vector<MadeFile> made_files(const SystemCalls& calls, const fs::path& library) {
    std::vector<MadeFile> files;
    for (const auto& call : calls) {
        if (call.to.empty()) continue;
        const fs::path path = call.to;
        const auto stored = path.lexically_relative(library).string();
        // The row of the store holds the key and the path side by side; the path alone is in a run's rows before.
        const auto record = path.extension() == ".mov" ? path.stem().string() + stored : stored;
        files.push_back({call.to, record});
    }
    return files;
}

/// A copy in which what a predicate takes is left out, or comes first.
template <typename Is>
SystemCalls without(SystemCalls calls, Is is) {
    std::erase_if(calls, is);
    return calls;
}
template <typename Is>
SystemCalls at_the_end(SystemCalls calls, Is is) {
    const auto last = calls.back().end;
    for (auto& call : calls) {
        if (is(call)) call.begin = call.end = last + 1;
    }
    std::stable_sort(calls.begin(), calls.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
    return calls;
}

/// A check that finds nothing in a trace that was tampered with would find nothing at all.
void expect_check_can_fail(const SystemCalls& calls, const MadeFile& file) {
    const auto renames = [&](const SystemCall& call) { return call.to == file.path; };
    const auto temporary = std::find_if(calls.begin(), calls.end(), renames)->path;
    const auto folder = fs::path(file.path).parent_path().string();
    const auto flushes = [&](const SystemCall& call) { return call.name == "fsync" && call.path == temporary; };
    const auto writes = [&](const SystemCall& call) { return call.name == "write" && call.path == temporary; };
    const auto flushes_folder = [&](const SystemCall& call) { return call.name == "fsync" && call.path == folder; };
    const auto records = [&](const SystemCall& call) { return call.content.find(file.record) != std::string::npos; };
    const std::vector<SystemCalls> tampered{without(calls, flushes),           at_the_end(calls, flushes),
                                            at_the_end(calls, writes),         without(calls, flushes_folder),
                                            at_the_end(calls, flushes_folder), without(calls, renames),
                                            at_the_end(calls, renames),        without(calls, records)};
    for (std::size_t i = 0; i < tampered.size(); ++i) {
        expect(!wrong_order(tampered[i], file).empty(), fmt::format("the check passes over tampered trace {}", i));
    }
}

std::string check_order(const Trial& trial) {
    if (!trial.bench.no_strace.empty()) throw Skipped(trial.bench.no_strace);
    const auto calls = parse_trace(trial.bench.trace);
    const auto library = trial.bench.folder / "traced";
    const auto files = made_files(calls, library);
    for (const auto& file : files) {
        const auto wrong = wrong_order(calls, file);
        expect(wrong.empty(), fmt::format("{}: {}", fs::path(file.path).filename().string(), wrong));
        expect_check_can_fail(calls, file);
    }
    // Nothing comes into its place in another way.
    std::set<std::string> renamed;
    for (const auto& file : files) renamed.insert(file.path);
    for (const char* below : {".dadcam/segments", ".dadcam/exports"}) {
        for (const auto& entry : fs::recursive_directory_iterator(library / below)) {
            expect(!entry.is_regular_file() || renamed.contains(entry.path().string()),
                   entry.path().string() + " was not renamed into its place");
        }
    }
    std::size_t made = 2;  // the film and its thumbnail; and the segments
    for (const auto& entry : fs::recursive_directory_iterator(library / ".dadcam/segments"))
        if (entry.is_regular_file()) ++made;
    expect(made >= 5 && files.size() == made, fmt::format("{} files were made", files.size()));
    return fmt::format("{} files", files.size());
}

}  // namespace

Attempts order_of_calls() {
    return {{"order of system calls", "write, flush, rename, flush, record", check_order}};
}

}  // namespace dadcam::faults
