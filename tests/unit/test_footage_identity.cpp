#include <doctest/doctest.h>

#include <libdadcam/footage/identity.hpp>
#include <libdadcam/hash.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/temporary_folder.hpp>

using namespace dadcam;
using namespace dadcam::footage;

namespace {

constexpr std::size_t kMiB = 1 << 20;

std::string identity_of(const test::TemporaryFolder& folder, std::string content, std::size_t at = 0,
                        char byte = '\0') {
    if (byte != '\0') content.at(at) = byte;
    return content_identity(test::write_file(folder / "clip.mp4", content));
}

std::string hashed(std::initializer_list<std::string_view> fields) {
    Hash hash;
    for (const auto field : fields) hash.add_field(field);
    return hash.finish();
}

}  // namespace

TEST_CASE("a hash is BLAKE2b-512 cut to 256 bits, behind its name") {
    Hash hash;
    hash.add("a");
    hash.add("bc");
    CHECK(hash.finish() == "blake2b:ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1");  // RFC 7693
}

TEST_CASE("a hash's digits are taken without its name, and only when they are some") {
    CHECK(hash_digits("blake2b:9f86") == "9f86");
    CHECK(hash_digits("9f86") == "9f86");
    for (const char* none : {"", "blake2b:", "blake2b:9", "blake2b:../9f", "a/b", "blake2b:9F86", "a:b:9f"}) {
        CAPTURE(std::string(none));
        CHECK(hash_digits(none).empty());
    }
}

TEST_CASE("fields that are put together differently hash differently") {
    CHECK(hashed({"ab", "c"}) != hashed({"a", "bc"}));
    CHECK(hashed({"abc"}) != hashed({"abc", ""}));
    CHECK(hashed({"ab", "c"}) == hashed({"ab", "c"}));
}

TEST_CASE("a file is the same wherever it lies, whatever it is called and whenever it was touched") {
    const test::TemporaryFolder folder;
    const auto a = test::write_file(folder / "a.mp4", "the same");
    const auto b = test::write_file(folder / "elsewhere/b.mov", "the same");
    std::filesystem::last_write_time(b, std::filesystem::last_write_time(a) - std::chrono::hours(1));
    CHECK(content_identity(a) == content_identity(b));
    CHECK(content_identity(a).starts_with("blake2b:"));
}

TEST_CASE("a change in the first or the last MiB, or of the size, makes another file") {
    const test::TemporaryFolder folder;
    const std::string content(3 * kMiB, 'x');
    const auto identity = identity_of(folder, content);
    CHECK(identity_of(folder, content) == identity);
    CHECK(identity_of(folder, content, 0, 'y') != identity);
    CHECK(identity_of(folder, content, kMiB - 1, 'y') != identity);
    CHECK(identity_of(folder, content, 2 * kMiB, 'y') != identity);
    CHECK(identity_of(folder, content, 3 * kMiB - 1, 'y') != identity);
    CHECK(identity_of(folder, content + "x") != identity);
}

TEST_CASE("a change in the middle of a file of more than 2 MiB is not seen") {
    const test::TemporaryFolder folder;
    const std::string content(3 * kMiB, 'x');
    CHECK(identity_of(folder, content, kMiB, 'y') == identity_of(folder, content));
    CHECK(identity_of(folder, content, 2 * kMiB - 1, 'y') == identity_of(folder, content));
}

TEST_CASE("of a file of up to 2 MiB every byte counts") {
    const test::TemporaryFolder folder;
    for (const std::size_t size : {std::size_t{1}, kMiB - 1, kMiB, kMiB + 1, 2 * kMiB}) {
        CAPTURE(size);
        const std::string content(size, 'x');
        const auto identity = identity_of(folder, content);
        for (const std::size_t at : {std::size_t{0}, size / 2, size - 1})
            CHECK(identity_of(folder, content, at, 'y') != identity);
    }
}

TEST_CASE("an empty file has an identity, too") {
    const test::TemporaryFolder folder;
    CHECK(identity_of(folder, "") != identity_of(folder, "x"));
}

TEST_CASE("a file's state is its size and the time of its last change") {
    const test::TemporaryFolder folder;
    const auto file = test::write_file(folder / "clip.mp4", "12345");
    const auto state = file_state(file);
    CHECK(state.size_bytes == 5);
    CHECK(state == file_state(file));
    std::filesystem::last_write_time(file, std::filesystem::last_write_time(file) + std::chrono::nanoseconds(1000));
    CHECK(file_state(file).mtime_ns == state.mtime_ns + 1000);
}

TEST_CASE("what is no regular file has neither state nor identity") {
    const test::TemporaryFolder folder;
    for (const auto& path : {folder / "missing", folder.path()}) {
        CHECK(test::error_of([&] { file_state(path); }).category() == Category::input_not_found);
        CHECK(test::error_of([&] { content_identity(path); }).category() == Category::input_not_found);
    }
}
