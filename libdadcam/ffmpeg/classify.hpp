#pragma once

#include <libdadcam/error.hpp>
#include <string>
#include <string_view>

namespace dadcam::ffmpeg {

/// A failure in words for a person.
struct Failure {
    Category category = Category::encoding_error;
    std::string message;
    std::string advice;
};

/// What ffmpeg's last words mean. A line that names the output is about writing, any other about reading. Pure.
Failure classify(std::string_view last_words, std::string_view output_name);

/// Of these lines those that ffmpeg has marked with their level, as it is told to: what a launcher says by itself is
/// not among them. Pure.
std::string own_words(std::string_view words);

/// False for a line that ffmpeg always writes in what it is used for here, and that tells nothing of the film.
bool tells_something(std::string_view line);

/// Keeps the last bytes of what is added, in whole lines: what is shown and stored of ffmpeg's text. A line that is too
/// long by itself is cut.
class LastWords {
public:
    explicit LastWords(std::size_t most_bytes) : most_bytes_(most_bytes) {}
    void add(std::string_view line);
    std::string text();
    /// Lines that were added in all.
    std::size_t lines() const { return lines_; }

private:
    void cut();

    std::size_t most_bytes_;
    std::size_t lines_ = 0;
    std::string text_;
};

}  // namespace dadcam::ffmpeg
