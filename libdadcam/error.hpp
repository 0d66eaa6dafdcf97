#pragma once

#include <exception>
#include <string>
#include <string_view>

namespace dadcam {

/// What kind of thing went wrong: decides the exit code, and what a script can react to.
enum class Category {
    general,
    usage,
    tool_missing,
    input_not_found,
    output_write_error,
    encoding_error,
    disk_full,
    timeout,
    busy,
    interrupted,  ///< its process was gone while the run was rendering
    cancelled,
};

/// The name stored in the database and printed in JSON, for example "disk_full".
std::string_view name(Category category);

/// The exit code of a category, as dadcam(1) lists them. `cancelled` has none of its own (130, 143: by signal) and
/// gives 1.
int exit_code(Category category);

/// The one error type: thrown where the cause is known, caught where a failure becomes a value – a segment's, a clip's,
/// an export's outcome – and at last by the program, which reports it.
class Error : public std::exception {
public:
    Error(Category category, std::string message, std::string advice = {}, std::string detail = {});

    Category category() const { return category_; }
    /// One sentence: what happened.
    const std::string& message() const { return message_; }
    /// What to do about it; may be empty.
    const std::string& advice() const { return advice_; }
    /// For the log: ffmpeg's own text, a system error.
    const std::string& detail() const { return detail_; }
    /// True when running the same again can succeed once the cause is mended.
    bool recoverable() const;
    const char* what() const noexcept override { return message_.c_str(); }

private:
    Category category_;
    std::string message_;
    std::string advice_;
    std::string detail_;
};

}  // namespace dadcam
