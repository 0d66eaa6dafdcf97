#include <fmt/format.h>

#include <tests/faults/trial.hpp>

namespace dadcam::faults {
namespace {

namespace fs = std::filesystem;

void expect_named(const Ran& ran, const std::string& clip) {
    expect((ran.out + ran.err).find(clip) != std::string::npos, "it does not name the clip: " + ran.err);
}

std::string removed(const Trial& trial) {
    trial.interrupt_before_clip3();
    fs::rename(trial.library / "clip3.mp4", trial.folder / "clip3.mp4");
    const auto ran = trial.dadcam({"resume", "--json"});
    expect_failure(ran, 11, "input_not_found");
    expect_named(ran, "clip3.mp4");
    fs::rename(trial.folder / "clip3.mp4", trial.library / "clip3.mp4");
    trial.survive();
    return ran.ended.text();
}

std::string truncated(const Trial& trial) {
    trial.interrupt_before_clip3();
    const auto clip = trial.library / "clip3.mp4";
    fs::rename(clip, trial.folder / "clip3.mp4");
    const auto& bytes = trial.bench.clips.at("clip3.mp4");
    write_file(clip, bytes.substr(0, bytes.size() / 2));
    const auto ran = trial.dadcam({"resume", "--json"});
    if (ran.ended.code == 11) {
        expect_failure(ran, 11, "input_not_found");
    } else {
        expect_failure(ran, 13, "encoding_error");
    }
    expect_named(ran, "clip3.mp4");
    fs::rename(trial.folder / "clip3.mp4", clip);
    trial.survive();
    return ran.ended.text();
}

/// What a library makes that had the other clip from the beginning.
std::string film_with_other_clip(const Trial& trial) {
    const auto fresh = trial.folder / "fresh";
    copy_folder(trial.bench.library, fresh);
    fs::remove_all(fresh / ".dadcam");
    fs::copy_file(trial.bench.other_clip, fresh / "clip1.mp4", fs::copy_options::overwrite_existing);
    const auto film = fresh / "film.mp4";
    for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
             {"init"}, {"ingest", "."}, trial.bench.recipe(), {"export", "Film", "-o", film.string()}}) {
        auto words = trial.words(arguments);
        words.folder = fresh;
        const auto ran = run(words);
        expect(ran.ended.code == 0, "the film of the other clip: " + ran.err);
    }
    return read_file(film);
}

/// The finished segment of a clip that is another one now is rendered again, and the log says why.
std::string replaced(const Trial& trial) {
    trial.interrupt_before_clip3();
    Expected expected{film_with_other_clip(trial), trial.bench.clips, false};
    expected.clips["clip1.mp4"] = read_file(trial.bench.other_clip);
    fs::copy_file(trial.bench.other_clip, trial.library / "clip1.mp4", fs::copy_options::overwrite_existing);
    trial.survive(expected);
    const auto log = trial.dadcam({"export-details", "2", "--logs"}).out;
    bool says_why = false;
    for (std::size_t at = 0; (at = log.find("clip1.mp4", at)) != std::string::npos; ++at) {
        const auto line = log.substr(at, log.find('\n', at) - at);
        says_why = says_why || line.find("changed") != std::string::npos;
    }
    expect(says_why, "the log does not say that clip1.mp4 has changed");
    return "rendered again";
}

fs::path a_segment(const Trial& trial) {
    for (const auto& entry : fs::recursive_directory_iterator(trial.library / ".dadcam/segments")) {
        if (entry.path().extension() == ".mov") return entry.path();
    }
    throw Lost("there is no segment");
}

/// A finished segment that is not what was finished is rendered again.
std::string damaged(const Trial& trial, const std::function<void(const fs::path&)>& damage, const std::string& option) {
    trial.interrupt_before_clip3();
    damage(a_segment(trial));
    std::vector<std::string> arguments{"resume"};
    if (!option.empty()) arguments.push_back(option);
    const auto ran = trial.dadcam(arguments);
    expect(ran.ended.code == 0, "resume ended with " + ran.ended.text() + " " + ran.err);
    trial.survive();
    return "rendered again";
}

void cut(const fs::path& segment) {
    fs::resize_file(segment, fs::file_size(segment) / 2);
}

void flip_a_bit(const fs::path& segment) {
    auto bytes = read_file(segment);
    bytes[bytes.size() / 2] ^= 1;
    write_file(segment, bytes);
}

}  // namespace

Attempts damaged_segments() {
    const char* kind = "finished segment damaged";
    return {{kind, "cut", [](Trial& trial) { return damaged(trial, cut, ""); }},
            {kind, "gone",
             [](Trial& trial) {
                 return damaged(
                     trial, [](const auto& path) { fs::remove(path); }, "");
             }},
            {kind, "one bit, with --verify", [](Trial& trial) { return damaged(trial, flip_a_bit, "--verify"); }}};
}

Attempts changed_sources() {
    return {{"source removed", "between runs", removed},
            {"source truncated", "between runs", truncated},
            {"source replaced", "between runs", replaced}};
}

}  // namespace dadcam::faults
