#include <fmt/format.h>

#include <chrono>
#include <libdadcam/footage/recorded_at.hpp>
#include <libdadcam/time.hpp>
#include <regex>

namespace dadcam::footage {
namespace {

constexpr int kFirstYear = 1971;  // an unset clock says 1904 or 1970

int number(const std::ssub_match& match) {
    return match.matched ? std::stoi(match.str()) : 0;
}

/// "20190714_183012", "20190714183012", "2019-07-14 18.30.12", "2003-12-24", and with a month only, "1998-07".
std::optional<RecordedAt> in_name(const std::string& name, const char* source) {
    static const std::regex full(
        R"((?:^|[^0-9])((?:19|20)[0-9]{2})([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12][0-9]|3[01])(?:[-_ T.]{0,3}([01][0-9]|2[0-3])[-_.:h]?([0-5][0-9])[-_.:m]?([0-5][0-9])(?:[0-9]{3})?)?(?![0-9]))");
    static const std::regex month(R"((?:^|[^0-9])((?:19|20)[0-9]{2})[-_.](0[1-9]|1[0-2])(?![-_.]?[0-9]))");
    std::smatch match;
    if (std::regex_search(name, match, full)) {
        using namespace std::chrono;
        const year_month_day date{year{number(match[1])}, std::chrono::month{static_cast<unsigned>(number(match[3]))},
                                  day{static_cast<unsigned>(number(match[4]))}};
        if (!date.ok() || number(match[1]) < kFirstYear) return {};
        return RecordedAt{fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", number(match[1]), number(match[3]),
                                      number(match[4]), number(match[5]), number(match[6]), number(match[7])),
                          source, false};
    }
    if (std::regex_search(name, match, month)) {
        return RecordedAt{fmt::format("{}-{}-01T00:00:00Z", match[1].str(), match[2].str()), source, true};
    }
    return {};
}

}  // namespace

RecordedAt recorded_at(const std::optional<std::string>& creation_time, const std::filesystem::path& path,
                       std::int64_t mtime_ns) {
    if (creation_time) {
        const auto time = parse_utc(*creation_time);
        if (time && *time >= std::chrono::sys_days{std::chrono::year{kFirstYear} / 1 / 1}) {
            return {format_utc(*time), "container", false};
        }
    }
    if (auto found = in_name(path.stem().string(), "file_name")) return *found;
    for (auto folder = path.parent_path(); folder.has_filename(); folder = folder.parent_path()) {
        if (auto found = in_name(folder.filename().string(), "folder_name")) return *found;
    }
    return {format_utc(std::chrono::sys_seconds{std::chrono::seconds{mtime_ns / 1'000'000'000}}), "mtime", true};
}

}  // namespace dadcam::footage
