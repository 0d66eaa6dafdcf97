#pragma once

#include <span>
#include <tests/film/studio.hpp>
#include <vector>

/// Clips that are coded in many ways, for films that copy their pictures.
namespace dadcam::test {

struct Coding {
    const char* name;
    const char* extension;
    const char* rate;  ///< empty: variable, as a phone's
    Words encoder;
};

/// The first few of them, and all of them where the environment has DADCAM_TEST_ALL, as `scripts/test --all` has.
std::span<const Coding> tried(const std::vector<Coding>& codings, std::size_t always);

/// Seconds after the first picture at which picture `number` of such a clip is shown.
double shown_at(const Coding& coding, int number);

/// Words for a clip in noise that is another for each `number`, with a flash from each of these pictures on and a beep
/// with it.
Words flashing(const Coding& coding, int number, double seconds, const std::vector<int>& flashes);

/// Of a film's pictures, what they show: a hash of each.
std::vector<std::string> pictures_in(const std::filesystem::path& film);

/// When the flashes of a film begin, in seconds, by its own index.
std::vector<double> flashes_by_time(const std::filesystem::path& film);

/// Seconds at which the first loud sample within a quarter of a second around a time lies; NaN when none does.
double loud_near(const std::vector<std::int16_t>& sound, double time);

}  // namespace dadcam::test
