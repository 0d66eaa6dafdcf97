#include <algorithm>
#include <libdadcam/measure/changes.hpp>

namespace dadcam::measure {
namespace {

/// More is noise, not a recording.
constexpr std::size_t kMostChanges = 1000;

}  // namespace

std::string_view ChangeFinder::bytes_at(std::int64_t byte) {
    file_.clear();
    file_.seekg(byte);
    file_.read(bytes_.data(), static_cast<std::streamsize>(bytes_.size()));
    return {bytes_.data(), static_cast<std::size_t>(file_.gcount())};
}

void ChangeFinder::add(const Packet& packet) {
    look_at(packet);
    const auto time = packet.time();
    if (packet.stream != facts_.stream || !time) return;
    const auto until = *time + packet.duration.value_or(0);
    shown_until_ = std::max(shown_until_.value_or(until), until);
}

void ChangeFinder::look_at(const Packet& packet) {
    const auto time = packet.time();
    to_recover_ = 0;
    if (!packet.byte || !time || found_.size() >= kMostChanges) return;
    const bool picture = packet.kind == Kind::picture && packet.stream == facts_.stream && packet.key;
    const bool sound = packet.kind == Kind::sound && facts_.sound && packet.stream == facts_.sound->stream;
    if (!picture && !sound) return;
    const auto bytes = bytes_at(*packet.byte);
    const auto header = header_of(picture ? facts_.codec : facts_.sound->codec, bytes);
    const char first_field = picture ? first_field_of(facts_.codec, bytes) : '\0';
    if (picture) to_recover_ = pictures_to_recover(facts_.codec, bytes);
    auto& last = picture ? picture_ : sound_;
    const bool is_new = (!header.empty() && !last.empty() && header != last) ||
                        (first_field != 0 && first_field_ != 0 && first_field != first_field_);
    if (is_new) {
        const auto byte = *packet.byte;
        found_.push_back({packet.kind, *time, byte, shown_until_.value_or(*time), byte, byte});
    }
    if (!header.empty()) last = header;
    if (first_field != 0) first_field_ = first_field;
}

}  // namespace dadcam::measure
