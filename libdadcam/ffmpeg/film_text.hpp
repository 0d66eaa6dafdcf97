#pragma once

#include <cstdint>
#include <libdadcam/timeline/chapters.hpp>
#include <libdadcam/units.hpp>
#include <span>
#include <string>

namespace dadcam::ffmpeg {

/// What a film tells of itself, beside pictures and sound.
struct FilmText {
    std::string title{};           ///< empty: none
    std::string creation_time{};   ///< ISO 8601, UTC; empty: none
    std::string chapters{};        ///< as ffmpeg's ffmetadata; empty: none
    std::string captions{};        ///< as WebVTT; empty: none
    std::string language{};        ///< of the captions: ISO 639-2
    std::int64_t index_bytes = 0;  ///< that all of it can take in the film's index, at the most
    bool empty() const { return title.empty() && creation_time.empty() && chapters.empty() && captions.empty(); }
};

/// Chapters as a file of ffmetadata: its times are milliseconds, rounded up, so that each lies within its frame.
std::string ffmetadata(std::span<const timeline::Mark> chapters, Frames film, Rational rate);

/// Captions as a file of WebVTT, in which nothing in a text means anything.
std::string webvtt(std::span<const timeline::Mark> captions, Frames film, Rational rate);

/// The most bytes that so many of them need in a film's index.
std::int64_t index_bytes_of(std::size_t chapters, std::size_t captions);

}  // namespace dadcam::ffmpeg
