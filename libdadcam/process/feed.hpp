#pragma once

#include <atomic>
#include <functional>
#include <string_view>

namespace dadcam::process {

/// What a program reads on its standard input. One thread runs the program (Command::input), another one writes.
class Feed {
public:
    /// Throws std::system_error.
    Feed();
    ~Feed();
    Feed(const Feed&) = delete;
    Feed& operator=(const Feed&) = delete;

    /// Waits until all is handed over. False when the program reads no more, or when `keep_going`, asked at least every
    /// 100 ms, says no.
    bool write(std::string_view bytes, const std::function<bool()>& keep_going);
    /// The program sees the end of its input.
    void end();

    /// The program's end, and once the program has it (or could not be started): that it is held here no longer, so
    /// that the writer notices when the program is gone. For process::run().
    int reading_end() const { return reading_; }
    void handed_over();

private:
    std::atomic<int> reading_{-1};
    int writing_ = -1;
};

}  // namespace dadcam::process
