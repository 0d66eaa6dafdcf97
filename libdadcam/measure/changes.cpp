#include <array>
#include <libdadcam/measure/changes.hpp>
#include <libdadcam/measure/headers.hpp>
#include <string_view>

namespace dadcam::measure {
namespace {

/// More is noise, not a recording.
constexpr std::size_t kMostChanges = 1000;

}  // namespace

std::string ChangeFinder::header_at(std::int64_t byte, const std::string& codec) {
    std::array<char, kHeaderBytes> bytes{};
    file_.clear();
    file_.seekg(byte);
    file_.read(bytes.data(), bytes.size());
    return header_of(codec, std::string_view(bytes.data(), static_cast<std::size_t>(file_.gcount())));
}

void ChangeFinder::add(const Packet& packet) {
    const auto time = packet.time();
    if (!packet.byte || !time || found_.size() >= kMostChanges) return;
    const bool picture = packet.kind == Kind::picture && packet.stream == facts_.stream && packet.key;
    const bool sound = packet.kind == Kind::sound && facts_.sound && packet.stream == facts_.sound->stream;
    if (!picture && !sound) return;
    const auto header = header_at(*packet.byte, picture ? facts_.codec : facts_.sound->codec);
    auto& last = picture ? picture_ : sound_;
    if (header.empty() || header == last) return;
    if (!last.empty()) found_.push_back({packet.kind, *time, *packet.byte});
    last = header;
}

}  // namespace dadcam::measure
