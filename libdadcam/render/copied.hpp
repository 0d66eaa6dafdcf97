#pragma once

#include <cstdint>
#include <filesystem>
#include <libdadcam/render/index.hpp>
#include <libdadcam/render/snapshot.hpp>
#include <span>
#include <string>

/// Which pictures a film copies, and whether they are in it.
namespace dadcam::render {

/// When an item's pictures are shown, in ticks of its stream, from the first picture of its clip.
std::span<const std::int64_t> copied_times(const Snapshot& snapshot, const Plan& plan, std::size_t item);

/// For ffmpeg; nothing where pictures are not copied.
ffmpeg::Copying copying_of(const Snapshot& snapshot, const Plan& plan);

/// In what the pictures of a file, from its picture `at` on, are not those that are copied of an item; empty where they
/// are: as many, at the same steps.
std::string difference(const PictureTimes& found, std::size_t at, const Snapshot& snapshot, const Plan& plan,
                       std::size_t item);

/// Compares a film's pictures with its clips', step by step. Error(encoding_error) that names a clip.
void check_copied(const std::filesystem::path& film, const Snapshot& snapshot, const Plan& plan);

/// That every clip's file is the one that was looked at. Error(input_not_found) that names one.
void require_unchanged(const library::Library& library, const Snapshot& snapshot);

}  // namespace dadcam::render
