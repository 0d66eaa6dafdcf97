#include <doctest/doctest.h>

#include <libdadcam/render/soundtrack.hpp>
#include <tests/support/adts.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/movie.hpp>
#include <tests/support/stand_in.hpp>

using namespace dadcam;
using namespace dadcam::render;
namespace fs = std::filesystem;

namespace {

/// Three segments of 1000 samples, each with a letter for its sound. An encoder is a shell script that finds its file
/// as $1; what the film would be joined with lies in "joined".
struct Studio {
    test::TemporaryFolder folder;
    process::Stop stop;
    /// Made before anything runs: a file that is being written cannot be run, not even when a process that is just
    /// being started still has it.
    Encoding joining = test::stand_in(folder / "join", "cat > '" + (folder / "joined").string() + "'");

    Studio() {
        for (int i = 0; i < 3; ++i)
            test::write_file(segment(i), test::movie(1, std::string(4000, static_cast<char>('a' + i))));
    }
    fs::path segment(int index) const { return folder / ("segment" + std::to_string(index) + ".mov"); }

    SoundJob job(const std::string& script, std::chrono::milliseconds patience = std::chrono::hours{1}) const {
        auto encoder = test::stand_in(folder / "ffmpeg", script);
        encoder.stall_timeout = patience;
        const auto encoding_to = [encoder](const fs::path& file) {
            auto encoding = encoder;
            encoding.command.arguments = {file.string()};
            return encoding;
        };
        return {{{segment(0), {1000}}, {segment(1), {1000}}, {segment(2), {1000}}},
                ffmpeg::cut_sound({3000}),
                folder / "",
                encoding_to,
                1};
    }

    Encoded join(Soundtrack& sound, const std::function<bool()>& keep_going = {}) {
        return encode_fed(
            joining, [&](Sink& sink) { return sound.pour(sink); }, {{}, {}, keep_going}, stop);
    }
    std::string joined() const { return test::read_file(folder / "joined"); }
};

void all_there(Soundtrack& sound) {
    for (std::size_t index = 0; index < 3; ++index) sound.there(index);
}

std::string packets(const std::string& names) {
    std::string text;
    for (const char name : names) text += test::adts_packet(std::string(50, name));
    return text;
}

/// Keeps what it reads, and makes a file of what lies in the folder under the same number.
constexpr const char* kRecording = R"(cat > "$1.read"; cp "$1.made" "$1")";

}  // namespace

TEST_CASE("what was poured into the film is gone, and the segments before it are not needed any more") {
    Studio studio;
    test::write_file(studio.folder / "0.aac.made", packets("0123"));
    Soundtrack sound(studio.job(kRecording), studio.stop);
    CHECK(sound.used_to() == Samples{0});
    all_there(sound);
    CHECK(studio.join(sound).success());
    CHECK(sound.used_to() == Samples{3000});
    CHECK_FALSE(fs::exists(studio.folder / "0.aac"));

    auto uncoded = studio.job("false");
    uncoded.parts.clear();
    Soundtrack pcm(std::move(uncoded), studio.stop);
    CHECK(pcm.used_to() == Samples{0});
    all_there(pcm);
    CHECK(studio.join(pcm).success());
    CHECK(pcm.used_to() == Samples{3000});
}

TEST_CASE("the sound is fed in the film's order, whatever the order in which segments come") {
    Studio studio;
    test::write_file(studio.folder / "0.aac.made", packets("0123"));
    Soundtrack sound(studio.job(kRecording), studio.stop);
    for (const std::size_t index : {2U, 0U, 1U}) sound.there(index);
    CHECK(studio.join(sound).success());
    CHECK_FALSE(sound.failure());
    CHECK(sound.words().empty());
    CHECK((test::read_file(studio.folder / "0.aac.read") ==
           std::string(4000, 'a') + std::string(4000, 'b') + std::string(4000, 'c')));
    CHECK(studio.joined() == packets("0123"));
}

TEST_CASE("a segment that lies elsewhere than was announced is read there") {
    Studio studio;
    auto job = studio.job("exit 1");
    job.parts.clear();
    const auto moved = studio.folder / "moved.mov";
    fs::rename(job.sources[1].segment, moved);
    Soundtrack sound(std::move(job), studio.stop);
    sound.there(0);
    sound.there(1, moved);
    sound.there(2);
    CHECK(studio.join(sound).success());
    CHECK((studio.joined() == std::string(4000, 'a') + std::string(4000, 'b') + std::string(4000, 'c')));
}

TEST_CASE("each part's encoder has its own stretch of the sound, and the film each packet once") {
    for (const unsigned encoders : {1U, 2U, 5U}) {
        Studio studio;
        test::write_file(studio.folder / "0.aac.made", packets("0123"));
        test::write_file(studio.folder / "1.aac.made", packets("wxyz"));
        auto job = studio.job(kRecording);
        job.parts = {{{}, {2100}, 0, 2}, {{900}, {2100}, 1, 2}};
        job.encoders = encoders;
        Soundtrack sound(std::move(job), studio.stop);
        all_there(sound);
        CHECK(studio.join(sound).success());
        CHECK((test::read_file(studio.folder / "0.aac.read") ==
               std::string(4000, 'a') + std::string(4000, 'b') + std::string(400, 'c')));
        CHECK((test::read_file(studio.folder / "1.aac.read") ==
               std::string(400, 'a') + std::string(4000, 'b') + std::string(4000, 'c')));
        CHECK(studio.joined() == packets("01xy"));
    }
}

TEST_CASE("sound that is not encoded is the segments' own") {
    Studio studio;
    auto job = studio.job("exit 1");
    job.parts.clear();
    Soundtrack sound(std::move(job), studio.stop);
    all_there(sound);
    CHECK(studio.join(sound).success());
    CHECK((studio.joined() == std::string(4000, 'a') + std::string(4000, 'b') + std::string(4000, 'c')));
}

TEST_CASE("while a segment is awaited, the encoder does not count as stalled") {
    Studio studio;
    Soundtrack sound(studio.job(kRecording, std::chrono::milliseconds{300}), studio.stop);
    sound.there(0);
    const auto begin = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - begin < std::chrono::seconds{1}) REQUIRE_FALSE(sound.failure());
}

TEST_CASE("an encoder that is not to begin ahead is not there before all of its segments are") {
    Studio studio;
    test::write_file(studio.folder / "0.aac.made", packets("0123"));
    auto job = studio.job(kRecording);
    job.ahead = false;
    Soundtrack sound(std::move(job), studio.stop);
    sound.there(0);
    sound.there(1);
    int ticks = 0;
    CHECK_THROWS_AS(sound.wait([&] {
        if (++ticks == 5) throw Error(Category::cancelled, "enough");
    }),
                    Error);
    CHECK_FALSE(fs::exists(studio.folder / "0.aac.read"));
    sound.there(2);
    sound.wait([] {});
    CHECK(studio.join(sound).success());
    CHECK(studio.joined() == packets("0123"));
}

TEST_CASE("waiting for encoded sound ends with its failure") {
    Studio studio;
    Soundtrack sound(studio.job("exit 1"), studio.stop);
    all_there(sound);
    CHECK(test::error_of([&] { sound.wait([] {}); }).category() == Category::encoding_error);
}

TEST_CASE("an encoder that does not read is given up") {
    Studio studio;
    test::write_file(studio.segment(0), test::movie(1, std::string(4 << 20, 'a')));
    auto job = studio.job("exec tail -f /dev/null", std::chrono::milliseconds{300});
    job.sources[0].samples = {1 << 20};
    job.parts = ffmpeg::cut_sound({(1 << 20) + 2000});
    Soundtrack sound(std::move(job), studio.stop);
    all_there(sound);
    CHECK(studio.join(sound).error->category() == Category::timeout);
}

TEST_CASE("a failure of the encoder is known before the film is joined, and ends what waits for it") {
    Studio studio;
    Soundtrack sound(studio.job("echo no >&2; exit 1"), studio.stop);
    all_there(sound);
    CHECK(studio.join(sound).error->category() == Category::encoding_error);
    CHECK(test::contains(sound.failure()->detail(), "no\n"));
}

TEST_CASE("an encoder that ends well without a file has failed") {
    Studio studio;
    Soundtrack sound(studio.job("exit 0"), studio.stop);
    all_there(sound);
    CHECK(studio.join(sound).error->category() == Category::encoding_error);
}

TEST_CASE("an encoder that ends before it has read all has failed") {
    Studio studio;
    test::write_file(studio.segment(0), test::movie(1, std::string(4 << 20, 'a')));
    auto job = studio.job("exit 0");
    job.sources[0].samples = {1 << 20};
    job.parts = ffmpeg::cut_sound({(1 << 20) + 2000});
    Soundtrack sound(std::move(job), studio.stop);
    all_there(sound);
    CHECK(test::contains(studio.join(sound).error->detail(), "before it had read all"));
}

TEST_CASE("a segment whose sound is not as long as it should be is refused") {
    Studio studio;
    test::write_file(studio.segment(1), test::movie(1, std::string(3996, 'b')));
    Soundtrack sound(studio.job(kRecording), studio.stop);
    all_there(sound);
    const auto error = studio.join(sound).error;
    REQUIRE(error);
    CHECK(error->category() == Category::encoding_error);
    CHECK(test::contains(error->detail(), "segment1.mov holds 3996 bytes of sound, not 4000"));
}

TEST_CASE("encoded sound that is too short, too long, cut off or of another kind is refused") {
    struct Case {
        std::string made, detail;
    };
    for (const auto& [made, detail] :
         std::vector<Case>{{packets("012"), "3 packets, not 4"},
                           {packets("01234"), "5 packets, not 4"},
                           {packets("012") + packets("3").substr(0, 20), "within a packet"},
                           {packets("012") + packets("3").substr(0, 5), "within a packet"},
                           {"RIFF of some other kind", "not ADTS"},
                           {"", "0 packets, not 4"}}) {
        CAPTURE(detail);
        Studio studio;
        test::write_file(studio.folder / "0.aac.made", made);
        Soundtrack sound(studio.job(kRecording), studio.stop);
        all_there(sound);
        const auto error = studio.join(sound).error;
        REQUIRE(error);
        CHECK(error->category() == Category::encoding_error);
        CHECK(test::contains(error->detail(), detail));
    }
}

TEST_CASE("waiting for the sound can be ended, and what runs ends with it") {
    Studio studio;
    {
        Soundtrack sound(studio.job("cat > /dev/null"), studio.stop);
        CHECK(studio.join(sound, [] { return false; }).error->category() == Category::cancelled);
    }
    Soundtrack stopped(studio.job("cat > /dev/null"), studio.stop);
    studio.stop.request();
    CHECK(studio.join(stopped).error->category() == Category::cancelled);
}
