#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dadcam {

/// Whether a text is the code of a language that ICU has data for: "de", "pt_BR", "zh-Hant". What BCP 47 allows behind
/// script, region and variant ("de-u-ca-buddhist") makes it none.
bool is_language(const std::string& code);

/// The language, in BCP 47, of a locale as the variable LANG names it (setlocale(3)): "de_DE.UTF-8" is "de-DE",
/// "sr_RS@latin" is "sr-Latn-RS". "en" for C, POSIX, nothing, and what no language is known by.
std::string language_of_locale(std::string_view posix);

/// A day of the Gregorian calendar as the language writes it out: "14 July 2019" in en-GB, "14. Juli 2019" in de, and
/// in its own digits. The day has to be one (day.ok()). Error(usage) for what is no language.
std::string day_in_words(std::chrono::year_month_day day, const std::string& language);

/// The three letters of ISO 639-2/T, or 639-3, that a container's track names a language by: "deu"; "und" when it has
/// none.
std::string language_for_tracks(const std::string& language);

/// Where a line of the text may end, as Unicode's annex 14 has it: byte offsets, rising, of the first byte behind; the
/// last one is the text's end. Blanks belong to the line before them. Only the end for what is no valid UTF-8.
std::vector<std::size_t> line_breaks(std::string_view utf8, const std::string& language);

}  // namespace dadcam
