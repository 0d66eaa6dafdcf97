#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <apps/background_output.hpp>
#include <array>
#include <csignal>
#include <memory>
#include <optional>
#include <ostream>

using namespace dadcam;

namespace {

/// What stands at the other end of a stream: it reads when it is told to.
struct Reader {
    Reader() {
        REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
        buffer.emplace(writer, ends[1], app::OutputBuffer::Flushed::by_line);
        stream.rdbuf(&*buffer);
    }
    ~Reader() {
        hang_up();
        ::close(ends[1]);
    }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    std::string read(std::size_t count) const {
        std::string text(count, '\0');
        for (std::size_t done = 0; done < count;) {
            const auto taken = ::read(ends[0], text.data() + done, count - done);
            REQUIRE(taken > 0);
            done += static_cast<std::size_t>(taken);
        }
        return text;
    }
    void hang_up() {
        if (ends[0] >= 0) ::close(ends[0]);
        ends[0] = -1;
    }

    std::array<int, 2> ends{-1, -1};
    std::shared_ptr<app::BackgroundWriter> writer = std::make_shared<app::BackgroundWriter>();
    std::optional<app::OutputBuffer> buffer;
    std::ostream stream{nullptr};
    process::Stop stop;
};

std::string numbered_lines(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += std::to_string(i) + '\n';
    return text;
}

}  // namespace

TEST_CASE("whoever writes waits for no reader, and one that comes late gets everything in order") {
    Reader reader;
    const auto text = numbered_lines(100'000);
    reader.stream << text << "the end\n";
    CHECK(reader.writer->waiting() > 0);
    CHECK(reader.read(text.size()) == text);
    CHECK(reader.read(8) == "the end\n");
    CHECK(reader.writer->drain(reader.stop));
    CHECK(reader.writer->waiting() == 0);
}

TEST_CASE("what has no line's end is written when it is flushed") {
    Reader reader;
    reader.stream << "Go on? ";
    CHECK(reader.writer->waiting() == 0);
    reader.stream << std::flush;
    CHECK(reader.read(7) == "Go on? ");
}

TEST_CASE("a stop ends the waiting for a reader that stalls, and lines that it finds later are whole") {
    Reader reader;
    std::string line(1000, 'x');
    line += '\n';
    for (int i = 0; i < 200; ++i) reader.stream << line;
    reader.stop.request();
    CHECK_FALSE(reader.writer->drain(reader.stop));
    reader.buffer.reset();
    reader.writer.reset();
    REQUIRE(::fcntl(reader.ends[0], F_SETFL, O_NONBLOCK) == 0);
    std::string text(1'000'000, '\0');
    const auto taken = ::read(reader.ends[0], text.data(), text.size());
    REQUIRE(taken > 0);
    CHECK(static_cast<std::size_t>(taken) % line.size() == 0);
}

TEST_CASE("the stream of a reader that is gone fails, and nothing waits for it") {
    ::signal(SIGPIPE, SIG_IGN);
    Reader reader;
    reader.hang_up();
    reader.stream << "lost\n";
    CHECK(reader.writer->drain(reader.stop));
    reader.stream << std::flush;
    CHECK_FALSE(reader.stream);
}

TEST_CASE("a reader is behind while a quarter of the pipe is not read") {
    Reader reader;
    const auto capacity = static_cast<std::size_t>(::fcntl(reader.ends[1], F_GETPIPE_SZ));
    CHECK_FALSE(reader.buffer->is_behind());
    const std::string quarter(capacity / 4, '\n');
    reader.stream << quarter;
    CHECK(reader.writer->drain(reader.stop));  // into the pipe
    CHECK_FALSE(reader.buffer->is_behind());
    reader.stream << '\n';
    CHECK(reader.buffer->is_behind());
    reader.read(quarter.size() + 1);
    CHECK(reader.writer->drain(reader.stop));
    CHECK_FALSE(reader.buffer->is_behind());
}
