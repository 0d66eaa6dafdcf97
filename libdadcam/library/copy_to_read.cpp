#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/first_bytes.hpp>
#include <libdadcam/library/atomic_file.hpp>
#include <libdadcam/library/copy_to_read.hpp>
#include <libdadcam/library/holder.hpp>
#include <libdadcam/temporary_folder.hpp>
#include <string>
#include <thread>

namespace dadcam::library {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLog = "-wal";
constexpr const char* kJournal = "-journal";

std::string size_and_time(const fs::path& file) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) return {};
    return fmt::format("{} {}.{}", status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

/// What does not stay the same where the database is changed (SQLite, "Database File Format"): with a log, its salts,
/// as long as which it only grows; without one, the database's change counter, its time, and the journal.
std::string state_of(const std::string& database) {
    constexpr std::size_t kDatabase = 100, kLogHeader = 32, kJournalHeader = 28;
    for (const char* part : {"", kLog, kJournal}) look_anew(database + part);
    if (auto log = footage::first_bytes_of(database + kLog, kLogHeader); log.size() == kLogHeader) return log;
    const auto journal = footage::first_bytes_of(database + kJournal, kJournalHeader);
    const bool in_use = journal.find_first_not_of('\0') != std::string::npos;
    return footage::first_bytes_of(database, kDatabase) + size_and_time(database) +
           (in_use ? journal + size_and_time(database + kJournal) : "");
}

/// The same file, where there is one. False when it became shorter meanwhile.
bool copy(const std::string& from, const std::string& to) {
    std::error_code error;
    fs::remove(to, error);
    if (fs::copy_file(from, to, error)) {
        fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, error);
        return true;
    }
    if (error == std::errc::no_such_file_or_directory) return true;
    if (error == std::errc::io_error) return false;
    if (error == std::errc::no_space_on_device) throw disk_full(to);
    throw Error(Category::general, fmt::format("{} cannot be read: {}.", from, error.message()),
                "Its owner has to give you the right to read it.");
}

/// The log comes after the database: it has whatever was on its way into that.
bool copy_all(const std::string& from, const std::string& to) {
    for (const char* part : {"", kLog, kJournal}) {
        if (!copy(from + part, to + part)) return false;
    }
    return true;
}

}  // namespace

CopyToRead::CopyToRead(const fs::path& database) {
    constexpr int kTries = 100;
    constexpr std::chrono::milliseconds kBetween{20};
    folder_ = make_temporary_folder("dadcam-");
    try {
        for (int tries = 0; tries < kTries; ++tries) {
            const auto before = state_of(database.string());
            if (copy_all(database.string(), file().string()) && state_of(database.string()) == before) return;
            std::this_thread::sleep_for(kBetween);
        }
    } catch (...) {
        fs::remove_all(folder_);
        throw;
    }
    fs::remove_all(folder_);
    throw Error(Category::busy, fmt::format("{} is being changed all the time, or cannot be read.", database.string()),
                "Try again in a moment.");
}

CopyToRead::~CopyToRead() {
    std::error_code error;
    fs::remove_all(folder_, error);
}

}  // namespace dadcam::library
