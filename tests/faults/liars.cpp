#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <tests/faults/trial.hpp>

namespace dadcam::faults {
namespace {

using std::chrono::milliseconds;

/// Shell: what ffmpeg writes with -progress.
constexpr const char* kSayFrame = R"(
say_frame() {
  printf 'frame=%s\nfps=25\nbitrate=N/A\ntotal_size=48\nout_time_us=40000\nspeed=1x\nprogress=continue\n' "$1" >&2
}
)";

struct Lie {
    const char* kind;
    const char* action;  ///< of the ffmpeg that renders clip2.mp4
    int code;
    const char* category;
};

/// Those that fail.
constexpr Lie kFailures[]{{"ffmpeg hangs", "exec sleep 1000", 15, "timeout"},
                          {"ffmpeg stops itself", "kill -STOP $$; exec sleep 1000", 15, "timeout"},
                          {"ffmpeg says one frame for ever", "while :; do say_frame 1; sleep 0.1; done", 15, "timeout"},
                          {"ffmpeg writes a short file", R"(
count=$#
for word; do
  count=$((count - 1))
  [ $count -gt 0 ] || set -- "$@" -frames:v 10
  set -- "$@" "$word"
done
shift $(($# / 2))
exec "$real" "$@")",
                           13, "encoding_error"},
                          {"ffmpeg writes no file", "exit 0", 13, "encoding_error"},
                          {"ffmpeg writes garbage", R"(
for output; do :; done
yes garbage | head -c 100000 >"${output#file:}"
exit 0)",
                           13, "encoding_error"},
                          {"ffmpeg prints garbage bytes", R"(
printf '\0\377\376\200 \033[31mred\033[0m \033]0;a title\007 \302\233 \r\b\n\303\050\n' >&2
head -c 3000 /dev/urandom >&2
exit 1)",
                           13, "encoding_error"}};

/// What a terminal would obey: the control characters of ASCII, and their younger brothers beyond it.
bool has_control_characters(const std::string& text) {
    const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
    for (std::size_t at = 0; at < text.size(); ++at) {
        if ((byte(at) < 0x20 && text[at] != '\n' && text[at] != '\t') || byte(at) == 0x7f) return true;
        if (byte(at) == 0xc2 && byte(at + 1) >= 0x80 && byte(at + 1) < 0xa0) return true;
    }
    return false;
}

/// That what dadcam says is text, whatever it was told.
void expect_text(const Ran& ran, const std::string& from) {
    for (const auto& said : {ran.out, ran.err}) {
        expect(!has_control_characters(said), "control characters reach the terminal from " + from);
        try {
            Json(said).dump();
        } catch (const Json::exception&) {
            throw Lost("what comes from " + from + " is not UTF-8");
        }
    }
}

std::string fails(const Trial& trial, const Lie& lie) {
    const auto stub = trial.stub(kClip2, std::string(kSayFrame) + lie.action);
    // A second is too short for an honest ffmpeg on a loaded machine: only those that stall are judged by it.
    const auto ran = trial.export_film(stub, {"--jobs", "1", "--stall-timeout", lie.code == 15 ? "1" : "60"});
    trial.nothing_is_left();
    expect_failure(ran, lie.code, lie.category);
    for (const bool json : {false, true}) {
        std::vector<std::string> details{"export-details", "1", "--logs", "--segments"};
        if (json) details.emplace_back("--json");
        const auto shown = trial.dadcam(details);
        expect(shown.ended.code == 0, "export-details fails: " + shown.err);
        expect_text(shown, "export-details");
        expect(!json || Json::accept(shown.out), "export-details --json is not JSON");
    }
    expect_text(ran, "export");
    trial.survive();
    return ran.ended.text();
}

/// Never beyond 100, never backwards.
void expect_honest_progress(const std::string& out) {
    std::istringstream lines(out);
    int last = 0;
    for (std::string line; std::getline(lines, line);) {
        const auto object = Json::parse(line);
        if (object["event"] != "progress") continue;
        const auto percent = object["progressPercent"].get<int>();
        expect(percent >= last && percent <= 100, fmt::format("{} % after {} %", percent, last));
        expect(object["framesCompleted"] <= object["framesTotal"], "more frames than there are: " + line);
        last = percent;
    }
}

std::string succeeds(const Trial& trial, const std::string& action, const std::string& stall_seconds) {
    const auto ran =
        trial.export_film(trial.stub(kClip2, kSayFrame + action), {"--jobs", "1", "--stall-timeout", stall_seconds});
    expect(ran.ended.code == 0, "the export ended with " + ran.ended.text() + " " + ran.err);
    expect_honest_progress(ran.out);
    trial.survive();
    return ran.ended.text();
}

/// Bytes that the log of all runs takes.
std::int64_t log_bytes(const Trial& trial) {
    SQLite::Database database((trial.library / ".dadcam/dadcam.db").string());
    return database
        .execAndGet(
            "SELECT (SELECT coalesce(sum(length(CAST(message AS BLOB))), 0) FROM job_logs)"
            " + (SELECT coalesce(sum(length(CAST(error_detail AS BLOB))), 0) FROM export_runs)")
        .getInt64();
}

/// Millions of lines: they may fail the clip or not, but neither memory nor the log grows with them.
std::string floods(const Trial& trial) {
    constexpr long kMostKib = 60 << 10;
    constexpr std::int64_t kMostLog = 64 << 10;
    const auto lines =
        fmt::format("yes '[h264 @ 0x55d0c0ffee00] error while decoding MB 12 7, bytestream -5' | head -n {} >&2",
                    trial.bench.options.lines);
    auto child = trial.start({"export", "Film", "--json", "--jobs", "1"}, trial.stub(kClip2, lines));
    long peak = 0;
    while (!child.ended_within(milliseconds{20})) peak = std::max(peak, child.peak_memory());
    const auto ran = child.wait();
    trial.note(fmt::format("{}, {} KiB at most\n{}{}", ran.ended.text(), peak, ran.out, ran.err));
    expect(ran.ended.code == 0 || ran.ended.code == 13, "the flooded export ended with " + ran.ended.text());
    expect(peak < kMostKib, fmt::format("{} MB of memory", peak >> 10));
    trial.survive();
    const auto log = log_bytes(trial);
    expect(log < kMostLog, fmt::format("a log of {} bytes", log));
    return fmt::format("{}, {} MB of memory, {} KB of log", ran.ended.text(), peak >> 10, (log + 1023) >> 10);
}

}  // namespace

Attempts lying_ffmpegs() {
    Attempts all;
    for (const auto& lie : kFailures) {
        all.push_back({lie.kind, "at the second clip", [lie](Trial& trial) { return fails(trial, lie); }});
    }
    all.push_back({"ffmpeg lies about its frames", "999999 at once", [](Trial& trial) {
                       return succeeds(trial, "say_frame 999999; say_frame -5; say_frame 99999999999999999999", "60");
                   }});
    // Slower in all than the limit, but from frame to frame far quicker, even when a loaded machine triples that.
    all.push_back({"ffmpeg is slow, but advances", "a frame in 0.3 s", [](Trial& trial) {
                       return succeeds(trial, "for n in 1 2 3 4 5 6 7 8 9 10 11 12; do say_frame $n; sleep 0.3; done",
                                       "3");
                   }});
    all.push_back({"ffmpeg floods its log", "at the second clip", floods});
    return all;
}

}  // namespace dadcam::faults
