#include <algorithm>
#include <libdadcam/ffmpeg/classify.hpp>

namespace dadcam::ffmpeg {
namespace {

bool has(std::string_view text, std::string_view words) {
    return text.find(words) != std::string_view::npos;
}

/// A line that names the output and says one of these is about writing.
bool about_output(std::string_view text, std::string_view output_name, std::string_view words) {
    for (auto at = text.find(words); at != std::string_view::npos; at = text.find(words, at + 1)) {
        const auto start = text.rfind('\n', at) + 1;  // npos + 1 is 0
        if (has(text.substr(start, text.find('\n', at) - start), output_name)) return true;
    }
    return false;
}

}  // namespace

Failure classify(std::string_view last_words, std::string_view output_name) {
    if (has(last_words, "No space left on device") || has(last_words, "Disk quota exceeded")) {
        return {Category::disk_full, "Not enough disk space to complete the export.",
                "Free some space; finished segments are kept."};
    }
    for (const char* words : {"Permission denied", "Read-only file system", "No such file or directory",
                              "Input/output error", "File too large"}) {
        if (about_output(last_words, output_name, words)) {
            return {Category::output_write_error, "Could not write the output file.",
                    "Check that the folder exists and can be written."};
        }
    }
    if (has(last_words, "No such file or directory") || has(last_words, "Permission denied")) {
        return {Category::input_not_found, "One or more source clips could not be found or read.",
                "Bring the file back, or run `dadcam ingest` on the place where it is now."};
    }
    if (has(last_words, "Unknown encoder") || has(last_words, "No such filter")) {
        return {Category::tool_missing, "This ffmpeg lacks an encoder or filter that is needed.",
                "Install Debian's own build with: apt install ffmpeg"};
    }
    if (has(last_words, "does not contain any stream") || has(last_words, "matches no streams")) {
        return {Category::encoding_error, "One or more clips has missing video or audio streams.",
                "Repair the clip, tag it `bad` and export again, or leave it out with --on-error skip."};
    }
    if (has(last_words, "Invalid data found") || has(last_words, "moov atom not found")) {
        return {Category::encoding_error, "One or more clips has corrupt or unsupported data.",
                "Repair the clip, tag it `bad` and export again, or leave it out with --on-error skip."};
    }
    return {Category::encoding_error, "FFmpeg encountered an encoding error.",
            "`dadcam export-details RUN --logs` shows what ffmpeg said."};
}

std::string own_words(std::string_view words) {
    std::string own;
    for (std::size_t start = 0; start < words.size();) {
        const auto end = std::min(words.find('\n', start), words.size());
        const auto line = words.substr(start, end - start);
        for (const char* level : {"[warning] ", "[error] ", "[fatal] ", "[panic] "}) {
            if (!has(line, level)) continue;
            own.append(line).push_back('\n');
            break;
        }
        start = end + 1;
    }
    return own;
}

/// One of several inputs, which is no file, is read ahead as far as that goes.
bool tells_something(std::string_view line) {
    return !has(line, "Thread message queue blocking; consider raising the thread_queue_size");
}

void LastWords::add(std::string_view line) {
    ++lines_;
    text_.append(line.substr(0, most_bytes_ - 1)).push_back('\n');
    if (text_.size() > 2 * most_bytes_) cut();  // now and then, so that millions of lines cost no more than their bytes
}

std::string LastWords::text() {
    cut();
    return text_;
}

void LastWords::cut() {
    if (text_.size() > most_bytes_) text_.erase(0, text_.find('\n', text_.size() - most_bytes_ - 1) + 1);
}

}  // namespace dadcam::ffmpeg
