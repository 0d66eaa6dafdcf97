#include <tests/support/pty.hpp>

#include <fmt/core.h>

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <clocale>
#include <csignal>
#include <cwchar>
#include <stdexcept>
#include <system_error>

namespace dadcam::test {

namespace {

constexpr int kRows = 24;
constexpr int kLongestSilenceMs = 60'000;

[[noreturn]] void fail(const char* call) {
    throw std::system_error(errno, std::generic_category(), call);
}

winsize size_of(int columns, int rows) {
    return {.ws_row = static_cast<unsigned short>(rows),
            .ws_col = static_cast<unsigned short>(columns),
            .ws_xpixel = 0,
            .ws_ypixel = 0};
}

std::vector<std::string> environment_with(const std::map<std::string, std::string>& changes) {
    std::map<std::string, std::string> all;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        const auto equals = text.find('=');
        if (equals != std::string_view::npos) all[std::string(text.substr(0, equals))] = text.substr(equals + 1);
    }
    for (const char* name : {"NO_COLOR", "COLUMNS", "LINES"}) all.erase(name);
    all["TERM"] = "xterm-256color";
    for (const auto& [name, value] : changes) all[name] = value;

    std::vector<std::string> entries;
    for (const auto& [name, value] : all) entries.push_back(fmt::format("{}={}", name, value));
    return entries;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (std::string& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

/// The C library's own idea of characters and their widths, independent of the code under test.
class Utf8Locale {
public:
    Utf8Locale() {
        static const locale_t utf8 = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
        if (utf8 == nullptr) fail("newlocale C.UTF-8");
        previous_ = ::uselocale(utf8);
    }
    ~Utf8Locale() { ::uselocale(previous_); }
    Utf8Locale(const Utf8Locale&) = delete;
    Utf8Locale& operator=(const Utf8Locale&) = delete;

private:
    locale_t previous_;
};

}  // namespace

Pty::Pty(const std::vector<std::string>& argv, int columns, int rows,
         const std::map<std::string, std::string>& environment) {
    std::vector<std::string> arguments = argv;
    std::vector<std::string> entries = environment_with(environment);
    const std::vector<char*> argument_pointers = pointers(arguments);
    const std::vector<char*> entry_pointers = pointers(entries);
    const winsize size = size_of(columns, rows);
    pid_ = ::forkpty(&master_, nullptr, nullptr, &size);
    if (pid_ < 0) fail("forkpty");
    if (pid_ == 0) {
        // Whoever runs the tests in the background may have had them ignored.
        for (const int number : {SIGINT, SIGTERM, SIGHUP}) ::signal(number, SIG_DFL);
        ::execvpe(argument_pointers[0], argument_pointers.data(), entry_pointers.data());
        ::_exit(127);
    }
    ::fcntl(master_, F_SETFD, FD_CLOEXEC);
}

Pty::~Pty() {
    if (pid_ > 0) {
        ::kill(-pid_, SIGKILL);
        ::kill(pid_, SIGKILL);  // it may not lead a group yet
        ::waitpid(pid_, nullptr, 0);
    }
    ::close(master_);
}

void Pty::resize(int columns, int rows) {
    const winsize size = size_of(columns, rows);
    if (::ioctl(master_, TIOCSWINSZ, &size) != 0) fail("TIOCSWINSZ");
}

void Pty::type(std::string_view keys) {
    if (::write(master_, keys.data(), keys.size()) != static_cast<ssize_t>(keys.size())) fail("write");
}

void Pty::signal(int number) {
    if (::kill(pid_, number) != 0) fail("kill");
}

std::optional<std::string> Pty::read() {
    pollfd ready{.fd = master_, .events = POLLIN, .revents = 0};
    const int count = ::poll(&ready, 1, kLongestSilenceMs);
    if (count < 0) fail("poll");
    if (count == 0) throw std::runtime_error("the program in the pseudo-terminal was silent for too long");
    std::array<char, 4096> buffer{};
    const ssize_t bytes = ::read(master_, buffer.data(), buffer.size());
    if (bytes < 0 && errno != EIO) fail("read");  // EIO: Linux's way to say that nobody has the terminal open any more
    if (bytes <= 0) return std::nullopt;
    return std::string(buffer.data(), static_cast<std::size_t>(bytes));
}

int Pty::wait() {
    int status = 0;
    if (::waitpid(pid_, &status, 0) != pid_) fail("waitpid");
    pid_ = -1;
    return status;
}

PtyResult run_in_pty(const std::vector<std::string>& argv, int columns,
                     const std::map<std::string, std::string>& extra_environment,
                     const std::function<void(Pty&, std::string_view so_far)>& on_output) {
    Pty pty(argv, columns, kRows, extra_environment);
    PtyResult result;
    while (const auto bytes = pty.read()) {
        result.output += *bytes;
        if (on_output) on_output(pty, result.output);
    }
    const int status = pty.wait();
    if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) result.signal = WTERMSIG(status);
    return result;
}

Screen::Screen(int columns, int rows) : columns_(columns), rows_(static_cast<std::size_t>(rows)), cells_(1) {}

void Screen::feed(std::string_view bytes) {
    pending_ += bytes;
    std::size_t done = 0;
    while (done < pending_.size()) {
        const std::string_view rest = std::string_view(pending_).substr(done);
        std::size_t taken = 1;
        switch (rest.front()) {
            case '\r':
                column_ = 0;
                break;
            case '\n':
                line_feed();
                break;
            case '\x1b':
                taken = take_escape(rest);
                break;
            default:
                taken = take_character(rest);
                break;
        }
        if (taken == 0) break;
        done += taken;
    }
    pending_.erase(0, done);
}

/// Bytes taken; 0: more are needed.
std::size_t Screen::take_escape(std::string_view bytes) {
    constexpr std::size_t kIntroducer = 2;
    if (bytes.size() > 1 && bytes[1] != '[') throw std::runtime_error("an escape sequence that Screen does not know");
    const auto end = bytes.find_first_not_of("0123456789;", kIntroducer);
    if (bytes.size() <= kIntroducer || end == std::string_view::npos) return 0;
    const bool erase_below = bytes[end] == 'J' && end == kIntroducer;
    const bool erase_to_end = erase_below || (bytes[end] == 'K' && end == kIntroducer);
    const bool up = bytes[end] == 'A' && end > kIntroducer;
    if (!erase_to_end && !up && bytes[end] != 'm') {
        throw std::runtime_error("a control sequence that Screen does not know");
    }
    // About to wrap, the cursor still stands on the last column, and erasing takes that too.
    const auto cursor = static_cast<std::size_t>(std::min(column_, columns_ - 1));
    auto& row = cells_[row_];
    if (erase_to_end && row.size() > cursor) row.resize(cursor);
    if (erase_below) cells_.resize(row_ + 1);
    if (up) row_ -= std::min<std::size_t>(row_, std::stoul(std::string(bytes.substr(kIntroducer, end - kIntroducer))));
    return end + 1;
}

/// Bytes taken; 0: more are needed.
std::size_t Screen::take_character(std::string_view bytes) {
    const Utf8Locale utf8;
    std::mbstate_t state{};
    wchar_t character = 0;
    const std::size_t length = std::mbrtowc(&character, bytes.data(), bytes.size(), &state);
    if (length == static_cast<std::size_t>(-2)) return 0;
    const int width = length > bytes.size() ? -1 : ::wcwidth(character);
    if (width < 0 || character == 0) {
        throw std::runtime_error(fmt::format("not text: byte {:#04x}", static_cast<unsigned char>(bytes.front())));
    }
    put(bytes.substr(0, length), width);
    return length;
}

void Screen::put(std::string_view character, int width) {
    if (column_ + width > columns_) {
        ++wraps_;
        line_feed();
    }
    auto& row = cells_[row_];
    const auto at = static_cast<std::size_t>(column_);
    if (width == 0) {
        if (at > 0) row[at - 1] += character;
        return;
    }
    const std::size_t end = at + static_cast<std::size_t>(width);
    if (row.size() < end) row.resize(end, " ");
    row[at] = character;
    if (width == 2) row[at + 1].clear();
    column_ += width;
}

void Screen::line_feed() {
    column_ = 0;
    if (++row_ == cells_.size()) cells_.emplace_back();
    if (cells_.size() > rows_) {
        cells_.erase(cells_.begin());
        --row_;
    }
}

void Screen::resize(int columns) {
    columns_ = columns;
    column_ = std::min(column_, columns);
    for (auto& row : cells_) {
        if (static_cast<int>(row.size()) > columns) row.resize(static_cast<std::size_t>(columns));
    }
}

std::vector<std::string> Screen::lines() const {
    std::vector<std::string> texts;
    for (const auto& row : cells_) {
        std::string text;
        for (const std::string& cell : row) text += cell;
        text.erase(text.find_last_not_of(' ') + 1);
        texts.push_back(text);
    }
    return texts;
}

}  // namespace dadcam::test
