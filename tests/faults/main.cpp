/// Makes faults of every kind and looks whether anything is lost. Without options a short form that a test run can
/// afford; with more moments it can run for hours.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <cerrno>
#include <iostream>
#include <mutex>
#include <set>
#include <system_error>
#include <tests/faults/mount.hpp>
#include <tests/faults/table.hpp>
#include <tests/faults/trial.hpp>
#include <thread>

namespace dadcam::faults {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

Options parse(CLI::App& app, int argc, char** argv) {
    Options options;
    auto lock_seconds = options.lock_time.count();
    app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);  // after a script's own
    app.add_option("--program", options.program, "The dadcam to try")->required()->check(CLI::ExistingFile);
    app.add_option("--moments", options.moments, "How many kills; signals are a quarter of it")->capture_default_str();
    app.add_option("--seed", options.seed, "Of the random moments")->capture_default_str();
    app.add_option("--lock", lock_seconds, "Seconds for which the database is locked")->capture_default_str();
    app.add_option("--lines", options.lines, "Of an ffmpeg that floods its log")->capture_default_str();
    app.add_option("--at-once", options.at_once, "Attempts made at the same time")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    app.add_option("--only", options.only, "Kinds of faults, or the beginnings of their names")
        ->delimiter(',')
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    app.add_flag("--one-of-a-kind", options.one_of_a_kind, "Only the first attempt of each kind");
    app.add_flag("--keep", options.keep, "Keep the folders of all attempts, not only of those that lost something");
    app.parse(argc, argv);
    options.program = fs::canonical(options.program);
    options.lock_time = std::chrono::seconds(lock_seconds);
    return options;
}

fs::path new_folder() {
    auto name = (fs::temp_directory_path() / "dadcam-faults-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::system_error(errno, std::generic_category(), name);
    return fs::canonical(name);
}

Attempts all_attempts(const Bench& bench) {
    Attempts all;
    std::set<std::string> kinds;
    const auto add = [&](const Attempts& more) {
        for (const auto& attempt : more) {
            const auto& only = bench.options.only;
            const bool wanted =
                only.empty() || std::any_of(only.begin(), only.end(), [&](const std::string& beginning) {
                    return attempt.kind.starts_with(beginning);
                });
            if (wanted && (kinds.insert(attempt.kind).second || !bench.options.one_of_a_kind)) all.push_back(attempt);
        }
    };
    add(kills(bench));
    add(kills_at_calls(bench));
    add(kills_of_copies(bench));
    add(signals(bench));
    add(full_disks());
    add(read_only_folders());
    add(changed_sources());
    add(damaged_segments());
    add(locked_database());
    add(exports_at_once(bench));
    add(changed_clocks());
    add(lying_ffmpegs());
    add(order_of_calls());
    add(flushes());
    add(hostile_libraries());
    add(shared_libraries(bench));
    return all;
}

Result make(const Bench& bench, const Attempt& attempt, const fs::path& folder) {
    const auto start = Clock::now();
    Result result;
    try {
        Trial trial(bench, folder);
        result.seen = attempt.act(trial);
    } catch (const Skipped& skipped) {
        result = {Result::End::skipped, fmt::format("skipped: {}", skipped.what())};
    } catch (const std::exception& error) {
        result = {Result::End::lost, fmt::format("{} See {}", error.what(), folder.string())};
    }
    result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return result;
}

/// Some at a time, because one alone leaves most of the machine idle.
void make_all(const Bench& bench, const Attempts& attempts, Table& table) {
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    const auto work = [&] {
        for (std::size_t at = next++; at < attempts.size(); at = next++) {
            const auto& attempt = attempts[at];
            const auto folder = bench.folder / fmt::format("attempt-{}", at);
            const auto result = make(bench, attempt, folder);
            const bool lost = result.end == Result::End::lost;
            const std::lock_guard lock(mutex);
            table.add(attempt, result);
            std::cerr << fmt::format("{} of {}: {}, {}: {}{} ({:.1f} s)\n", at + 1, attempts.size(), attempt.kind,
                                     attempt.name, lost ? "LOST: " : "", result.seen, result.seconds);
            std::error_code error;
            if (!lost && !bench.options.keep) fs::remove_all(folder, error);
        }
    };
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < bench.options.at_once; ++i) threads.emplace_back(work);
    for (auto& thread : threads) thread.join();
}

int run_all(const Options& options) {
    const auto start = Clock::now();
    const auto folder = new_folder();
    const Bench bench(options, folder);
    const auto attempts = all_attempts(bench);
    if (attempts.empty()) throw std::runtime_error("there is no such kind of fault");
    Table table(attempts);
    make_all(bench, attempts, table);
    table.print(std::cout);
    std::cout << fmt::format("seed {}, an export takes {:.1f} s here, {:.0f} s in all\n", options.seed, bench.seconds,
                             std::chrono::duration<double>(Clock::now() - start).count());
    std::error_code error;
    if (table.lost() > 0 || options.keep) {
        std::cout << "kept: " << folder.string() << '\n';
    } else {
        fs::remove_all(folder, error);
    }
    return table.lost() == 0 ? 0 : 1;
}

}  // namespace
}  // namespace dadcam::faults

int main(int argc, char** argv) {
    CLI::App app("Makes faults of every kind and looks whether dadcam loses anything");
    dadcam::faults::keep_mounts_private();
    try {
        return dadcam::faults::run_all(dadcam::faults::parse(app, argc, argv));
    } catch (const CLI::ParseError& error) {
        return app.exit(error);
    } catch (const std::exception& error) {
        std::cerr << "faults: " << error.what() << '\n';
        return 2;
    }
}
