#include <charconv>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/probe.hpp>
#include <libdadcam/process/process.hpp>
#include <libdadcam/render/measure.hpp>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

namespace dadcam::render {
namespace {

constexpr std::size_t kMostOutput = 1 << 20;
constexpr std::chrono::seconds kPatience{120};

[[noreturn]] void refuse(const std::string& detail) {
    throw Error(Category::encoding_error, "ffmpeg reported success, but what it wrote is not whole.",
                "Run it again. If it stays so, `dadcam export-details RUN --logs` shows what ffmpeg said.", detail);
}

}  // namespace

Measured read_measure(std::string_view text) {
    std::optional<Frames> frames;
    std::optional<Samples> samples;
    try {
        const auto document = nlohmann::json::parse(text);
        for (const auto& stream : document.at("streams")) {
            if (stream.at("codec_type") == "video") {
                const auto count = stream.at("nb_frames").get<std::string>();
                frames.emplace();
                std::from_chars(count.data(), count.data() + count.size(), frames->count);
            } else if (stream.at("codec_type") == "audio") {
                const Rational base = parse_rational(stream.at("time_base").get<std::string>());
                if (!base.positive() || base.num > std::numeric_limits<std::int32_t>::max()) refuse(std::string(text));
                samples = Samples{
                    rounded_product(stream.at("duration_ts").get<std::int64_t>(), base.num * kSampleRate, base.den)};
            }
        }
    } catch (const nlohmann::json::exception& error) {
        refuse(error.what());
    }
    if (!frames || !samples) refuse(std::string(text));
    return {*frames, *samples};
}

Measured measure(const std::string& ffprobe, const std::filesystem::path& file, const process::Stop& stop) {
    const auto captured =
        process::capture({ffprobe,
                          {"-v", "error", "-protocol_whitelist", "file,pipe", "-print_format", "json", "-show_entries",
                           "stream=codec_type,nb_frames,duration_ts,time_base", footage::as_input(file)}},
                         process::Stream::out, kMostOutput, kPatience, stop);
    if (captured.finished.ended == process::Ended::stopped) throw Error(Category::cancelled, "Export was cancelled.");
    if (!captured.finished.exit.success()) refuse("ffprobe: " + process::describe(captured.finished.exit));
    return read_measure(captured.output);
}

}  // namespace dadcam::render
