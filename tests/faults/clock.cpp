#include <fmt/format.h>

#include <csignal>
#include <tests/faults/trial.hpp>

namespace dadcam::faults {
namespace {

namespace fs = std::filesystem;

/// Where Debian and others put it: /usr/lib/<machine>/faketime/.
fs::path find_faketime() {
    for (const char* root : {"/usr/lib", "/usr/lib64"}) {
        std::error_code error;
        for (const auto& entry : fs::directory_iterator(root, error)) {
            const auto file = entry.path() / "faketime/libfaketimeMT.so.1";
            if (fs::exists(file, error)) return file;
        }
        if (fs::exists(fs::path(root) / "faketime/libfaketimeMT.so.1", error))
            return fs::path(root) / "faketime/libfaketimeMT.so.1";
    }
    throw Skipped("faketime is not installed");
}

/// A clock that shows another time as soon as the file says so; as with a real one, monotonic time goes on, and the
/// times of files stay.
Environment settable_clock(const fs::path& file) {
    return {{"LD_PRELOAD", find_faketime().string()},
            {"FAKETIME_TIMESTAMP_FILE", file.string()},
            {"FAKETIME_NO_CACHE", "1"},
            {"DONT_FAKE_MONOTONIC", "1"},
            {"FAKETIME_DONT_FAKE_MONOTONIC", "1"},
            {"NO_FAKE_STAT", "1"}};
}

/// In one step: who reads the file while it is written finds no time in it, and libfaketime ends its process then.
std::string set_clock(const fs::path& file, const std::string& to) {
    return fmt::format("echo '{0}' >'{1}.new'; mv '{1}.new' '{1}'", to, file.string());
}

std::string jumps(Trial& trial, const std::string& by) {
    const auto clock = trial.folder / "clock";
    write_file(clock, "+0");
    trial.environment = settable_clock(clock);
    const auto ran = trial.export_film(trial.stub(kClip2, set_clock(clock, by)));
    expect(ran.ended.code == 0, "the export ended with " + ran.ended.text() + " " + ran.err);
    trial.survive();
    return ran.ended.text();
}

std::string jumps_and_is_killed(Trial& trial, const std::string& by, const std::string& afterwards) {
    const auto clock = trial.folder / "clock";
    write_file(clock, "+0");
    trial.environment = settable_clock(clock);
    const auto ran = trial.export_film(
        trial.stub("*/clip[23].mp4*", set_clock(clock, by) + "; case \"$*\" in *clip3*) kill -9 $PPID; exit 1;; esac"),
        {"--jobs", "1"});
    expect(ran.ended.signal == SIGKILL, "the export was not killed: " + ran.ended.text());
    write_file(clock, afterwards);
    trial.survive();
    return ran.ended.text();
}

}  // namespace

Attempts changed_clocks() {
    return {{"clock changed", "back a day", [](Trial& trial) { return jumps(trial, "-1d"); }},
            {"clock changed", "forward a year", [](Trial& trial) { return jumps(trial, "+365d"); }},
            {"clock changed", "forward a year and killed, resumed a day ago",
             [](Trial& trial) { return jumps_and_is_killed(trial, "+365d", "-1d"); }},
            {"clock changed", "back a day and killed, resumed in a year",
             [](Trial& trial) { return jumps_and_is_killed(trial, "-1d", "+365d"); }}};
}

}  // namespace dadcam::faults
