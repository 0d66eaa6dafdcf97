// Clips whose index calls pictures key pictures that are none: wherever a film enters them, it shows what they show.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <functional>
#include <tests/film/coding.hpp>
#include <tests/film/decode.hpp>

using namespace dadcam::test;

namespace {

constexpr int kPicturesASecond = 25, kLengthSeconds = 12;

/// A QuickTime file without its table of key pictures: then all are.
void take_key_table_off(std::string& bytes) {
    const auto table = bytes.rfind("stss");
    REQUIRE(table != std::string::npos);
    bytes.replace(table, 4, "free");
}

/// An AVI's index, in which each entry has a name, flags, a place and a length, 4 bytes each.
void call_all_key_in_index(std::string& bytes) {
    constexpr std::size_t kHead = 8, kEntry = 16;
    constexpr char kIsKey = 0x10;
    const auto index = bytes.rfind("idx1");
    REQUIRE(index != std::string::npos);
    for (auto at = index + kHead; at + kEntry <= bytes.size(); at += kEntry) bytes[at + 4] = kIsKey;
}

struct Indexed {
    std::string name;
    std::string extension;
    Words encoder;
    std::function<void(std::string&)> spoil;
};

const Words kFewKeys{"-c:v", "libx264", "-preset", "veryfast", "-g", "100", "-sc_threshold", "0"};
const Words kFewKeysOfMpeg4{"-c:a", "pcm_s16le", "-c:v", "mpeg4",         "-q:v",
                            "2",    "-g",        "100",  "-sc_threshold", "1000000000"};
const Words kRenewed{"-c:v", "libx264", "-preset", "veryfast", "-x264-params", "intra-refresh=1:keyint=50:scenecut=0"};
const std::vector<Indexed> kIndexed{
    {"renewed bit by bit", "mp4", kRenewed, [](std::string&) {}},
    {"renewed bit by bit", "mkv", kRenewed, [](std::string&) {}},
    {"no table, H.264", "mp4", kFewKeys, take_key_table_off},
    {"no table, HEVC",
     "mov",
     {"-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1", "-x265-params",
      "log-level=error:keyint=100:scenecut=0"},
     take_key_table_off},
    {"all key pictures", "avi", kFewKeysOfMpeg4, call_all_key_in_index},
    {"as it should be", "mp4", kFewKeys, [](std::string&) {}},
};

void make_clip(const std::filesystem::path& file, const Indexed& kind) {
    // As wide as it takes to be renewed in two seconds; what is not decoded right is grey, or still.
    Words words{"-nostdin",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                fmt::format("color=black:s=64x16:r={}:d={},format=yuv420p,geq=lum=20+mod(N*7\\,200):cb=128:cr=128,"
                            "scale=640:32:flags=neighbor,noise=alls=20:allf=t",
                            kPicturesASecond, kLengthSeconds),
                "-f",
                "lavfi",
                "-i",
                fmt::format("sine=d={}", kLengthSeconds)};
    words.insert(words.end(), kind.encoder.begin(), kind.encoder.end());
    words.push_back(file.string());
    output_of("ffmpeg", words);
    auto bytes = read_file(file);
    kind.spoil(bytes);
    write_file(file, bytes);
}

std::filesystem::path film_of(const Studio& studio, const std::string& list, const std::string& preset) {
    studio.must({"recipe-create", "Parts", "--mode", "all", "--preset", preset});
    write_file(studio / "list.txt", list);
    studio.must({"recipe-edit", "Parts", "--file", (studio / "list.txt").string()});
    const auto said = studio.must({"export", "Parts"});
    return said.substr(0, said.find('\n'));
}

}  // namespace

TEST_SUITE_BEGIN("entered");

TEST_CASE("a clip whose index calls pictures key pictures that are none is shown right wherever a film enters it") {
    constexpr double kSomewhere[] = {2.6, 5.2, 6.0, 7.8, 10.4};
    for (const auto& kind : kIndexed) {
        CAPTURE(kind.name);
        CAPTURE(kind.extension);
        Studio studio;
        const auto clip = studio.library / fmt::format("clip.{}", kind.extension);
        make_clip(clip, kind);
        const auto own = brightness(clip);
        REQUIRE(own.size() == kPicturesASecond * kLengthSeconds);
        studio.take_in();
        std::string list;
        std::vector<double> wanted;
        for (const auto from : kSomewhere) {
            list += fmt::format("clip 1 {}-{}\n", from, from + 1);
            const auto first = own.begin() + std::lround(from * kPicturesASecond);
            wanted.insert(wanted.end(), first, first + kPicturesASecond);
        }
        const auto found = brightness(film_of(studio, list, "archive"));
        REQUIRE(found.size() == wanted.size());
        int wrong = 0;
        for (std::size_t picture = 0; picture < wanted.size(); ++picture)
            wrong += std::abs(found[picture] - wanted[picture]) < 2 ? 0 : 1;  // the next one is 7 brighter
        CHECK(wrong == 0);
    }
}

TEST_CASE("a film that copies the pictures of such a clip begins with one that is decoded by itself") {
    Studio studio;
    const auto clip = studio.library / "clip.mov";
    make_clip(clip, {"", "", kFewKeysOfMpeg4, take_key_table_off});
    const auto own = pictures_in(clip);
    studio.take_in();
    CHECK(pictures_in(film_of(studio, "clip 1 5-6\n", "original")) ==
          std::vector<std::string>(own.begin() + 100, own.begin() + 150));
}

TEST_SUITE_END();
