#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <tests/faults/bench.hpp>
#include <tests/faults/child.hpp>
#include <tests/faults/trace.hpp>
#include <utility>

namespace dadcam::faults {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kClips = 3;
constexpr const char* kDefaultFilm = ".dadcam/exports/run_1.mp4";

Ran must(const Words& words) {
    auto ran = run(words);
    if (ran.ended.code != 0) {
        throw std::runtime_error(
            fmt::format("{}: {}\n{}", fmt::join(words.program, " "), ran.ended.text(), ran.err + ran.out));
    }
    return ran;
}

std::string find_in_path(const std::string& name) {
    std::istringstream folders(std::getenv("PATH") != nullptr ? std::getenv("PATH") : "/usr/bin:/bin");
    for (std::string folder; std::getline(folders, folder, ':');) {
        if (fs::is_regular_file(fs::path(folder) / name)) return (fs::path(folder) / name).string();
    }
    return {};
}

}  // namespace

void copy_folder(const fs::path& from, const fs::path& to) {
    must({{"cp", "-a", from.string(), to.string()}, "/"});
}

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error(path.string() + " cannot be read");
    return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const fs::path& path, const std::string& content) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << content;
    file.close();
    if (!file) throw std::runtime_error(path.string() + " cannot be written");
}

Bench::Bench(Options wanted, fs::path where) : options(std::move(wanted)), folder(std::move(where)) {
    ffmpeg = find_in_path("ffmpeg");
    if (ffmpeg.empty()) throw std::runtime_error("ffmpeg was not found");
    make_library();
    for (const auto& entry : fs::directory_iterator(library)) {
        if (entry.is_regular_file()) clips[entry.path().filename().string()] = read_file(entry.path());
    }
    make_film();
    if (find_in_path("strace").empty()) {
        no_strace = "strace is not installed";
    } else if (run({{"strace", "-f", "-o", "/dev/null", "true"}, folder}).ended.code != 0) {
        no_strace = "strace may not trace here";
    } else {
        make_trace();
    }
}

std::mt19937_64 Bench::random(std::uint64_t kind) const {
    std::seed_seq seeds{options.seed, kind};
    return std::mt19937_64(seeds);
}

std::chrono::milliseconds Bench::moment(std::mt19937_64& random) const {
    const auto last = std::llround(seconds * 1100);
    return std::chrono::milliseconds(std::uniform_int_distribution<std::int64_t>(0, last)(random));
}

/// More than two seconds long: shorter clips share a segment.
void Bench::make_clip(const fs::path& path, int number, int seed) const {
    must({{ffmpeg,       "-nostdin",
           "-v",         "error",
           "-f",         "lavfi",
           "-i",         fmt::format("testsrc2=s=160x90:r=25:d=2.2,noise=alls=20:all_seed={}", seed),
           "-f",         "lavfi",
           "-i",         fmt::format("sine=f={}00:r=48000:d=2.2", number),
           "-metadata",  fmt::format("creation_time=2019-07-1{}T10:00:00Z", number),
           "-c:v",       "mpeg4",
           "-q:v",       "3",
           "-c:a",       "aac",
           path.string()},
          folder});
}

/// Clips that have to be measured before they are rendered, or are cut into spans: a clock that begins anew, pictures
/// of another size behind sound that begins late, a tape and a film without an index.
void Bench::make_odd_clips() const {
    const auto make = [&](const std::string& name, const std::string& size, const std::vector<std::string>& others) {
        const auto file = folder / name;
        std::vector<std::string> words{
            ffmpeg,  "-nostdin", "-v",
            "fatal", "-y",       "-f",
            "lavfi", "-i",       fmt::format("testsrc2=s={}:r=25:d=1.2,noise=alls=20:all_seed=7", size)};
        words.insert(words.end(), others.begin(), others.end());
        words.push_back(file.string());
        must({words, folder});
        return read_file(file);
    };
    const std::vector<std::string> sound{"-f", "lavfi", "-i", "sine=f=700:r=48000:d=1.2", "-ac", "2"};
    const auto with = [](std::vector<std::string> words, const std::vector<std::string>& more) {
        words.insert(words.end(), more.begin(), more.end());
        return words;
    };
    const auto vob = make("part.vob", "160x90", with(sound, {"-c:v", "mpeg2video", "-q:v", "4", "-c:a", "mp2"}));
    write_file(library / "reset.vob", vob + vob);
    const std::vector<std::string> stream{"-c:v", "mpeg2video", "-q:v", "4", "-c:a", "ac3", "-muxdelay", "0"};
    const auto silent = make("silent.ts", "160x90", with(stream, {"-output_ts_offset", "1"}));
    const auto loud = make("loud.ts", "192x108", with(with(sound, stream), {"-output_ts_offset", "2.2"}));
    write_file(library / "sizes.ts", silent + loud);
    write_file(library / "tape.dv",
               make("part.dv", "720x576", with(sound, {"-c:v", "dvvideo", "-pix_fmt", "yuv420p"})));
    write_file(library / "fragments.mp4", make("part.mp4", "160x90",
                                               with(sound, {"-c:v", "libx264", "-preset", "ultrafast", "-g", "10",
                                                            "-c:a", "aac", "-movflags", "frag_keyframe+empty_moov"})));
}

void Bench::make_library() const {
    fs::create_directories(library);
    for (int number = 1; number <= kClips; ++number) {
        make_clip(library / fmt::format("clip{}.mp4", number), number, number);
    }
    if (!options.one_of_a_kind) make_odd_clips();
    make_clip(other_clip, 1, 100);
    const auto program = options.program.string();
    must({{program, "init"}, library});
    must({{program, "ingest", "."}, library, environment()});
    must({{ffmpeg, "-nostdin", "-v", "error", "-f", "lavfi", "-i", "anoisesrc=d=3:c=pink:a=0.1:seed=1", music.string()},
          folder});
    auto words = recipe();
    words.insert(words.begin(), program);
    must({words, library});
}

Environment Bench::environment() const {
    if (!options.one_of_a_kind) return {};
    const std::string quick = DADCAM_TEST_QUICK;
    return {{"DADCAM_FFMPEG_PATH", quick + "/ffmpeg"},
            {"DADCAM_FFPROBE_PATH", quick + "/ffprobe"},
            {"DADCAM_TEST_ANSWERS", DADCAM_TEST_ANSWERS}};
}

/// What a film can have; a short run leaves out what would make it render twice as long.
std::vector<std::string> Bench::recipe() const {
    std::vector<std::string> words{"recipe-create", "Film", "--mode",  "all",          "--resolution", "160x90",
                                   "--fps",         "25",   "--music", music.string(), "--captions",   "date"};
    if (!options.one_of_a_kind) {
        words.insert(words.end(), {"--title", "Film", "--title-secs", "2.1", "--cards", "day", "--card-secs", "2.1",
                                   "--card-style", "blur", "--transition", "crossfade", "--transition-ms", "200"});
    }
    return words;
}

/// As many exports at once as there will be attempts: so long does an attempt take, and every film must be the same.
void Bench::make_film() {
    std::vector<Child> exports;
    const auto start = Clock::now();
    for (unsigned i = 0; i < options.at_once; ++i) {
        const auto copy = folder / fmt::format("uninterrupted-{}", i);
        copy_folder(library, copy);
        exports.emplace_back(Words{{options.program.string(), "export", "Film"}, copy, environment()});
    }
    for (unsigned i = 0; i < options.at_once; ++i) {
        const auto ran = exports[i].wait();
        if (ran.ended.code != 0) throw std::runtime_error("the uninterrupted export failed\n" + ran.err);
        const auto made = read_file(folder / fmt::format("uninterrupted-{}", i) / kDefaultFilm);
        if (i > 0 && made != film) throw std::runtime_error("two uninterrupted films differ");
        film = made;
    }
    seconds = std::chrono::duration<double>(Clock::now() - start).count();
}

void Bench::make_trace() {
    const auto copy = folder / "traced";
    copy_folder(library, copy);
    const auto file = folder / "trace.txt";
    auto words = traced_to(file.string());
    words.insert(words.end(), {options.program.string(), "export", "Film"});
    must({words, copy, environment()});
    trace = read_file(file);
}

}  // namespace dadcam::faults
