#pragma once

#include <string>

/// CLI11 takes a value such as [a,b] apart, and {} for no value at all, though both may be a file's name. So it never
/// sees these brackets: each becomes two bytes, the first of which is rare and may begin an option's name as they may.
namespace dadcam::app {

std::string without_brackets(const std::string& word);

/// What without_brackets() was given.
std::string with_brackets(const std::string& hidden);

}  // namespace dadcam::app
