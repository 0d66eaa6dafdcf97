#pragma once

#include <cstddef>
#include <libdadcam/process/stop.hpp>
#include <memory>
#include <streambuf>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace dadcam::app {

/// Writes to descriptors, in order, in a thread of its own: a reader that stalls, behind a full pipe or a terminal that
/// Ctrl-S has stopped, stops nobody else.
class BackgroundWriter {
public:
    BackgroundWriter();
    /// What has not been taken by then is given up.
    ~BackgroundWriter();
    BackgroundWriter(const BackgroundWriter&) = delete;
    BackgroundWriter& operator=(const BackgroundWriter&) = delete;

    void write(int descriptor, std::string_view bytes);
    /// True once a descriptor could not be written to: its reader is gone, the disk is full.
    bool has_failed(int descriptor) const;
    /// Bytes that have not been taken yet.
    std::size_t waiting() const;
    /// Waits until all is written. False when it was not a second after a stop was requested: long enough for a reader
    /// that reads to get the last words.
    bool drain(const process::Stop& stop);

private:
    struct Queue;
    std::shared_ptr<Queue> queue_;  ///< the thread's, too: where a reader stalls, it cannot be ended
    std::thread thread_;            ///< from the first write on
};

/// The buffer of a stream that a BackgroundWriter writes. The stream fails once the descriptor has failed.
class OutputBuffer : public std::streambuf {
public:
    enum class Flushed { by_line, when_full };

    OutputBuffer(std::shared_ptr<BackgroundWriter> writer, int descriptor, Flushed flushed)
        : writer_(std::move(writer)), descriptor_(descriptor), flushed_(flushed) {}

    /// True while the reader has much to read, as far as that is known: what is written now comes late, and may as well
    /// be left out.
    bool is_behind() const;

protected:
    std::streamsize xsputn(const char* bytes, std::streamsize count) override;
    int_type overflow(int_type byte) override;
    int sync() override;

private:
    std::shared_ptr<BackgroundWriter> writer_;
    int descriptor_;
    Flushed flushed_;
    std::string text_;
};

}  // namespace dadcam::app
