#include <libdadcam/footage/date_in_avchd.hpp>
#include <libdadcam/footage/date_in_avi.hpp>
#include <libdadcam/footage/date_in_dv.hpp>
#include <libdadcam/footage/date_in_stream.hpp>
#include <libdadcam/footage/first_bytes.hpp>
#include <string>

namespace dadcam::footage {
std::optional<Told> date_in_stream(const std::filesystem::path& file, const Facts& facts) {
    const bool tape = facts.codec == "dvvideo", avi = facts.container == "avi";
    const bool transport = facts.container == "mpegts" && facts.codec == "h264";
    if (!tape && !avi && !transport) return std::nullopt;
    const auto bytes = first_bytes_of(file, kTransportBytes);
    if (transport) return avchd_date(h264_of_transport(bytes));
    auto told = tape ? dv_date(bytes) : std::nullopt;
    if (!told && avi) told = idit_date(find_idit(bytes));
    return told;
}

}  // namespace dadcam::footage
