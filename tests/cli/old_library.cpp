#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <tests/cli/old_library.hpp>
#include <tests/support/scripts.hpp>

namespace dadcam::test {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = DADCAM_TEST_OLD_LIBRARY;

std::string output_of(const std::string& program, const std::vector<std::string>& arguments) {
    constexpr std::size_t kMostText = 1 << 20;
    constexpr std::chrono::minutes kLongest{10};
    const process::Stop stop;
    const auto captured = process::capture({program, arguments}, process::Stream::out, kMostText, kLongest, stop);
    REQUIRE(process::describe(captured.finished.exit) == "exit code 0");
    return captured.output;
}

std::string row(const OldLibrary& old, const Json& object, const std::vector<std::string>& fields) {
    const auto root = old.library.string() + "/";
    std::vector<std::string> values;
    for (const auto& field : fields) {
        const auto& value = object.at(field);
        auto text = value.is_null() ? "-" : value.is_string() ? value.get<std::string>() : value.dump();
        values.push_back(text.starts_with(root) ? text.substr(root.size()) : text);
    }
    return fmt::format("{}", fmt::join(values, " | "));
}

}  // namespace

OldLibrary::OldLibrary() {
    output_of(tool("tar"), {"-xzf", (kFolder / "library-0.1.0.tar.gz").string(), "-C", (*this / "").string()});
}

Json OldLibrary::details(std::int64_t run) const {
    return json({"export-details", std::to_string(run), "--segments", "--logs"});
}

Tree OldLibrary::recordings() const {
    auto tree = tree_of(library);
    std::erase_if(
        tree, [](const auto& entry) { return entry.first.starts_with(".dadcam") || entry.first.starts_with("films"); });
    return tree;
}

std::string OldLibrary::promised_film(std::int64_t run) const {
    std::ifstream in(*this / "promised-films");
    std::int64_t id = 0;
    std::string hash;
    while (in >> id >> hash && id != run) {
    }
    REQUIRE(in);
    return hash;
}

bool OldLibrary::made_here() const {
    static const std::string here = output_of(kFolder / "identity", {});
    return read_file(*this / "identity") == here;
}

std::string sha256(const fs::path& file) {
    constexpr std::size_t kDigits = 64;
    return output_of(tool("sha256sum"), {file.string()}).substr(0, kDigits);
}

std::int64_t frames_of(const fs::path& film) {
    return std::stoll(
        output_of(quick_tool("ffprobe"), {"-v", "error", "-count_packets", "-select_streams", "v", "-show_entries",
                                          "stream=nb_read_packets", "-of", "csv=p=0", film.string()}));
}

void check_film_again(const OldLibrary& old, const Json& then, const Json& now, const std::string& film_of_then) {
    CHECK(now["status"] == "completed");
    CHECK(now["totalClips"] == then["totalClips"]);
    CHECK(now["framesTotal"] == then["framesTotal"]);
    CHECK(now["framesCompleted"] == then["framesTotal"]);
    CHECK(now["outputDurationMs"] == then["totalDurationMs"]);
    const fs::path film = now["outputPath"].get<std::string>();
    if (old.made_here()) {
        // THE SAME FFMPEG, THE SAME BYTES. A change that fails here makes other films of the recipes and clips that
        // people have. If it is meant to, it has another pipeline version, and says here from which one on they differ.
        CHECK(sha256(film) == film_of_then);
    } else {
        MESSAGE("bytes are not compared: ffmpeg, the processor or the font is another one");
        CHECK(frames_of(film) == then["framesTotal"].get<std::int64_t>());
    }
}

std::int64_t count_segments(const Json& run, const std::string& field, const Json& value) {
    const auto& segments = run["segments"];
    return std::count_if(segments.begin(), segments.end(), [&](const Json& each) { return each[field] == value; });
}

void check_reuse(const OldLibrary& old, const Json& then, const Json& now, std::int64_t renamed) {
    if (!old.made_here() || then["pipelineVersion"] != now["pipelineVersion"]) return;
    CHECK(count_segments(now, "reused", true) == count_segments(then, "status", "completed") - renamed);
}

void check_rows(const OldLibrary& old, const Json& objects, const std::vector<std::string>& fields,
                const std::vector<std::string>& expected) {
    REQUIRE(objects.size() == expected.size());
    for (std::size_t at = 0; at < expected.size(); ++at) CHECK(row(old, objects[at], fields) == expected[at]);
}

}  // namespace dadcam::test
