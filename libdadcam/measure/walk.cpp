#include <fmt/format.h>

#include <chrono>
#include <libdadcam/error.hpp>
#include <libdadcam/measure/walk.hpp>
#include <libdadcam/process/process.hpp>
#include <map>

namespace dadcam::measure {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kSilence{600};  // 32 KiB of packets can stand for 70 MB of a slow disk

std::vector<std::string> walking(const process::Input& input, std::optional<std::int64_t> from_us) {
    std::vector<std::string> arguments{"-v", "quiet"};
    for (auto& word : packet_words()) arguments.push_back(std::move(word));
    if (from_us) {
        arguments.insert(arguments.end(),
                         {"-read_intervals", fmt::format("{:.6f}%", static_cast<double>(*from_us) / 1e6)});
    }
    arguments.insert(arguments.end(), input.held.begin(), input.held.end());
    arguments.push_back(input.name);
    return arguments;
}

}  // namespace

double tick_us(const footage::Facts& facts) {
    return facts.time_base.value() * 1e6;
}

void walk(const std::string& ffprobe, const process::Input& input, const std::function<void(const Packet&)>& each,
          const process::Stop& stop, std::optional<std::int64_t> from_us, bool with_hidden) {
    std::map<int, std::int64_t> places;
    PacketReader reader([&](Packet packet) {
        if (packet.byte) places[packet.stream] = *packet.byte;
        const auto place = places.find(packet.stream);
        if (place != places.end()) packet.byte = place->second;
        if (!packet.discarded || with_hidden) each(packet);
    });
    auto last = Clock::now();
    const process::Listener listener{[&](std::string_view bytes) {
                                         reader.feed(bytes);
                                         last = Clock::now();
                                     },
                                     [&] { return Clock::now() - last < kSilence; }};
    const auto finished = process::run({ffprobe, walking(input, from_us)}, process::Stream::out, listener, stop);
    if (finished.ended == process::Ended::stopped) throw Error(Category::cancelled, "Stopped.");
    if (finished.ended == process::Ended::given_up) {
        throw Error(Category::timeout, fmt::format("ffprobe said nothing for {} s", kSilence.count()));
    }
    // What it could not read to its end would be missing in silence.
    if (!finished.exit.success()) {
        throw Error(Category::input_not_found, "ffprobe cannot read it to its end", {},
                    fmt::format("ffprobe ended with {}.", process::describe(finished.exit)));
    }
    reader.finish();
}

}  // namespace dadcam::measure
