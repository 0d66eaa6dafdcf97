#pragma once

#include <libdadcam/measure/packets.hpp>
#include <string_view>
#include <vector>

namespace dadcam::test {

/// The packets of a list that is read in chunks of so many bytes.
inline std::vector<measure::Packet> packets_in(std::string_view text, std::size_t chunk) {
    std::vector<measure::Packet> packets;
    measure::PacketReader reader([&](const measure::Packet& packet) { packets.push_back(packet); });
    for (std::size_t at = 0; at < text.size(); at += chunk) reader.feed(text.substr(at, chunk));
    reader.finish();
    return packets;
}

}  // namespace dadcam::test
