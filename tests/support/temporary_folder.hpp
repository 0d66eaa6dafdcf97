#pragma once

#include <doctest/doctest.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <string>
#include <string_view>
#include <system_error>

namespace dadcam::test {

/// Counts the assertions that failed, so that a folder knows whether its test went well.
class FailureCount : public doctest::IReporter {
public:
    explicit FailureCount(const doctest::ContextOptions&) {}

    static int& failures() {
        static int count = 0;
        return count;
    }

    void report_query(const doctest::QueryData&) override {}
    void test_run_start() override {}
    void test_run_end(const doctest::TestRunStats&) override {}
    void test_case_start(const doctest::TestCaseData&) override {}
    void test_case_reenter(const doctest::TestCaseData&) override {}
    void test_case_end(const doctest::CurrentTestCaseStats&) override {}
    void test_case_exception(const doctest::TestCaseException&) override { count(); }
    void subcase_start(const doctest::SubcaseSignature&) override {}
    void subcase_end() override {}
    void log_assert(const doctest::AssertData& data) override {
        if (data.m_failed) count();
    }
    void log_message(const doctest::MessageData&) override {}
    void test_case_skipped(const doctest::TestCaseData&) override {}

private:
    static void count() {
        static std::mutex mutex;
        const std::lock_guard lock(mutex);
        ++failures();
    }
};

inline const int kFailureCountIsRegistered = doctest::registerReporter<FailureCount>("failure count", 1, false);

/// A folder of the test's own. Gone at the end of the scope, unless an assertion failed meanwhile: then it is left
/// behind and the test says where.
class TemporaryFolder {
public:
    TemporaryFolder() : failures_before_(FailureCount::failures()) {
        std::string name = (std::filesystem::temp_directory_path() / "dadcam-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::system_error(errno, std::generic_category(), name);
        path_ = std::filesystem::canonical(name);
    }
    ~TemporaryFolder() {
        if (FailureCount::failures() != failures_before_ || std::uncaught_exceptions() > 0) {
            MESSAGE("left behind: " << path_.string());
            return;
        }
        std::error_code error;
        std::filesystem::remove_all(path_, error);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path operator/(const std::filesystem::path& below) const { return path_ / below; }

private:
    int failures_before_;
    std::filesystem::path path_;
};

/// A folder for what all tests of a program share. Gone when the program ends, whatever became of the tests: doctest
/// can be told nothing then.
class SharedFolder {
public:
    SharedFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "dadcam-shared-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::system_error(errno, std::generic_category(), name);
        path_ = std::filesystem::canonical(name);
    }
    ~SharedFolder() {
        std::error_code error;
        std::filesystem::remove_all(path_, error);
    }
    SharedFolder(const SharedFolder&) = delete;
    SharedFolder& operator=(const SharedFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path operator/(const std::filesystem::path& below) const { return path_ / below; }

private:
    std::filesystem::path path_;
};

/// Writes a file, with the folders above it.
inline std::filesystem::path write_file(const std::filesystem::path& path, std::string_view content) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    out.close();
    REQUIRE(out);
    return path;
}

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    REQUIRE(in);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace dadcam::test
