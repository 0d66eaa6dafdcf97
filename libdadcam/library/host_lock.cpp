#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <libdadcam/error.hpp>
#include <libdadcam/library/file_system.hpp>
#include <libdadcam/library/host_lock.hpp>

namespace dadcam::library {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kBeat = 10s;
constexpr auto kDead = 5min;     ///< so long may a network be gone
constexpr auto kGivenUp = 4min;  ///< then this machine no longer counts on having it
constexpr auto kWatch = 3 * kBeat;
constexpr auto kTaking = 20s;                     ///< what takes longer than this may have been taken over meanwhile
constexpr std::chrono::milliseconds kTry = 50ms;  ///< between two looks, while somebody is about to take or to leave it
constexpr auto kLook = 1s;                        ///< while another machine has it

/// Goes on while the machine sleeps, and nobody can set it.
std::int64_t seconds_since_boot() {
    struct timespec now {};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return now.tv_sec;
}

fs::path lock_file(const fs::path& folder) {
    return folder / "host.lock";
}

/// The right to change who has the library, for a moment. Making a folder succeeds for one alone on every file system.
class Claim {
public:
    explicit Claim(const fs::path& folder) : place_(place(folder)) {
        if (::mkdir(place_.c_str(), 0777) == 0)
            begun_ = Clock::now();
        else if (errno != EEXIST)
            throw Error(Category::output_write_error,
                        fmt::format("{} cannot be made: {}.", place_.string(), std::strerror(errno)),
                        "Check that the library's folder can be written.");
    }
    ~Claim() {
        if (is_ours()) ::rmdir(place_.c_str());
    }
    Claim(const Claim&) = delete;
    Claim& operator=(const Claim&) = delete;

    /// Not longer than others leave it to whoever has it.
    bool is_ours() const { return begun_ && Clock::now() - *begun_ < kTaking; }

    /// When it was made, by the file system's clock.
    std::chrono::sys_time<std::chrono::nanoseconds> made() const {
        struct stat status {};
        ::stat(place_.c_str(), &status);
        return std::chrono::sys_time<std::chrono::nanoseconds>(std::chrono::seconds(status.st_mtim.tv_sec) +
                                                               std::chrono::nanoseconds(status.st_mtim.tv_nsec));
    }

    /// Of somebody who ended while they had it.
    static void remove(const fs::path& folder) { ::rmdir(place(folder).c_str()); }

private:
    static fs::path place(const fs::path& folder) { return folder / "host.lock.taking"; }

    fs::path place_;
    std::optional<Clock::time_point> begun_;
};

enum class Verdict { free, ours, silent, held };

Verdict judge(const HolderFile::Seen& seen, const Holder& self, std::chrono::nanoseconds silence) {
    if (!seen.holder) return Verdict::free;
    if (shares_locks(*seen.holder, self)) return Verdict::ours;
    const bool silent = std::chrono::abs(silence) > kDead;
    const auto running = is_running(*seen.holder, self);
    if (!running) return silent ? Verdict::silent : Verdict::held;
    if (*running) return Verdict::held;
    // Through another mount of this machine others of its processes may have it, too, and would have said so by now.
    const bool other_mount = seen.holder->boot == self.boot;
    return other_mount && std::chrono::abs(silence) < kWatch ? Verdict::held : Verdict::free;
}

Error taken_by(const fs::path& folder, const Holder& holder) {
    return Error(Category::busy,
                 fmt::format("{} is in use on another machine or through another mount: {}.",
                             folder.parent_path().string(), described(holder)),
                 "Try again when it is done there; `export`, `export-rerun` and `resume` wait for it with --wait.");
}

/// Whether somebody of whom nothing was heard is alive, as who watches them sees. It goes by the pauses that it was
/// told of, not by a clock.
class Watch {
public:
    enum class Seen { nothing_yet, alive, gone };

    Seen look(const std::optional<Holder>& holder, std::chrono::milliseconds paused) {
        if (!holder_) {
            holder_ = holder;
        } else if (holder != holder_) {
            return Seen::alive;
        } else {
            watched_ += paused;
        }
        return watched_ > kWatch ? Seen::gone : Seen::nothing_yet;
    }

private:
    std::optional<Holder> holder_;
    std::chrono::milliseconds watched_{0};
};

/// What came of one try.
struct Tried {
    std::unique_ptr<HostLock> lock;
    std::optional<Holder> holder{};  ///< another machine
    Verdict verdict = Verdict::held;
    bool is_being_taken = false;
};

Tried try_to_acquire(const fs::path& folder, const Holder& self, Watch& watch, std::chrono::milliseconds paused) {
    Tried tried;
    auto file = HolderFile::open(lock_file(folder));
    if (!file.lock(F_RDLCK)) return tried;
    const Claim claim(folder);
    if (!claim.is_ours()) {
        tried.is_being_taken = true;
        return tried;
    }
    const auto seen = file.read();
    tried.verdict = judge(seen, self, claim.made() - seen.written);
    if (tried.verdict == Verdict::silent) {
        const auto looked = watch.look(seen.holder, paused);
        if (looked == Watch::Seen::alive) tried.verdict = Verdict::held;
        if (looked == Watch::Seen::gone) tried.verdict = Verdict::free;
    }
    if (tried.verdict == Verdict::held || tried.verdict == Verdict::silent) {
        tried.holder = seen.holder;
    } else if (claim.is_ours()) {
        if (!file.write(self)) {
            throw Error(Category::output_write_error,
                        fmt::format("{} cannot be written: {}.", lock_file(folder).string(), std::strerror(errno)),
                        "Check that the library's folder can be written, and has room.");
        }
        tried.lock = std::make_unique<HostLock>(std::move(file), self);
    }
    return tried;
}

}  // namespace

bool HostLock::is_needed(const fs::path& folder) {
    std::error_code error;
    return is_shared_with_others(folder) || fs::exists(fs::symlink_status(lock_file(folder), error));
}

std::optional<Holder> HostLock::other_machine(const fs::path& folder) {
    const auto file = HolderFile::look(lock_file(folder));
    if (!file) return std::nullopt;
    const auto seen = file->read();
    const auto silence = std::chrono::system_clock::now() - seen.written;
    const auto verdict = judge(seen, this_process(folder), silence);
    return verdict == Verdict::held || verdict == Verdict::silent ? seen.holder : std::nullopt;
}

std::unique_ptr<HostLock> HostLock::acquire(const fs::path& folder, const Patience& patience) {
    const auto self = this_process(folder);
    Watch holder_watch, claim_watch;
    bool told = false;
    std::chrono::milliseconds paused{0};
    const auto pause = [&](std::chrono::milliseconds time) { patience.pause(paused = time); };
    for (;;) {
        auto taken = try_to_acquire(folder, self, holder_watch, paused);
        if (taken.lock) return std::move(taken.lock);
        if (!taken.holder) {  // somebody is about to take it or to leave it
            if (taken.is_being_taken && claim_watch.look(Holder{}, paused) == Watch::Seen::gone) Claim::remove(folder);
            if (!taken.is_being_taken) claim_watch = {};
            pause(kTry);
            continue;
        }
        if (taken.verdict == Verdict::held && !patience.to_the_end) throw taken_by(folder, *taken.holder);
        if (!std::exchange(told, true)) {
            const auto who = described(*taken.holder);
            patience.tell(
                taken.verdict == Verdict::silent
                    ? fmt::format("Nothing has been heard from {} for a while; waiting to see whether it is gone…", who)
                    : fmt::format("Waiting for the library: {}…", who));
        }
        pause(kLook);
    }
}

HostLock::HostLock(HolderFile file, Holder self)
    : file_(std::move(file)), self_(std::move(self)), last_beat_(seconds_since_boot()) {
    life_ = std::thread([this] { live(); });
}

HostLock::~HostLock() {
    {
        const std::lock_guard lock(mutex_);
        ended_ = true;
    }
    end_.notify_all();
    life_.join();
    try {
        // The last of this machine's processes leaves nobody behind.
        if (!file_.lock(F_WRLCK)) return;
        const auto holder = file_.read().holder;
        if (holder && shares_locks(*holder, self_)) file_.write(std::nullopt);
    } catch (const Error&) {  // then others wait until it is clear that this one is gone
    }
}

bool HostLock::is_ours() const {
    return !lost_ && seconds_since_boot() - last_beat_ < std::chrono::seconds(kGivenUp).count();
}

void HostLock::live() {
    std::unique_lock lock(mutex_);
    while (!end_.wait_for(lock, kBeat, [this] { return ended_; })) beat();
}

void HostLock::beat() {
    const auto begun = seconds_since_boot();
    try {
        // By its place: through the old descriptor nothing may come once a connection was made anew.
        const auto file = HolderFile::open(file_.path());
        const auto holder = file.read().holder;
        if (holder == Holder{}) return;  // not to be read now
        if (!holder || !shares_locks(*holder, self_)) {
            lost_ = true;
        } else if (is_ours()) {
            ++self_.beat;
            if (file.write(self_)) last_beat_ = begun;
        }
    } catch (const Error&) {  // tried again in ten seconds
    }
}

}  // namespace dadcam::library
