#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace dadcam::faults {

using Environment = std::map<std::string, std::string>;

/// How a program ended: an exit code, or a signal when `signal` is not 0.
struct Ended {
    int code = -1;
    int signal = 0;
    /// "exit 13", "signal 9"
    std::string text() const;
};

struct Ran {
    Ended ended;
    std::string out;
    std::string err;
};

struct Words {
    std::vector<std::string> program;  ///< with its arguments; found by PATH
    std::filesystem::path folder;      ///< the current one
    Environment environment{};         ///< added to this process's own, which is freed of all that dadcam reads
};

/// A program at work. What is still running at the end of the scope is killed.
class Child {
public:
    explicit Child(const Words& words);
    ~Child();
    Child(Child&& other) noexcept;
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    pid_t pid() const { return pid_; }
    void signal(int number) const;
    /// Waits so long at most; true when it has ended.
    bool ended_within(std::chrono::milliseconds time) const;
    /// What it wrote so far.
    std::string out() const;
    /// The most memory it ever had, in KiB; 0 when it has ended.
    long peak_memory() const;
    /// Waits for its end. Throws Lost when it does not come within minutes.
    Ran wait();

private:
    pid_t pid_ = -1;
    int pidfd_ = -1;
    int out_ = -1;
    int err_ = -1;
};

/// Runs a program to its end.
Ran run(const Words& words);

/// Running children of a process whose program has this name.
std::vector<pid_t> children_named(pid_t parent, const std::string& name);

/// Processes that name something in this folder, or whose current folder lies in it.
std::vector<pid_t> processes_in(const std::filesystem::path& folder);

/// Asks again and again until it is so; false when it is not after a while. For what the kernel or another process
/// does.
bool eventually(const std::function<bool()>& is_so);

}  // namespace dadcam::faults
