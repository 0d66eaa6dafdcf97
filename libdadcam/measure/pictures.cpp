#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <libdadcam/error.hpp>
#include <libdadcam/measure/pictures.hpp>
#include <libdadcam/measure/walk.hpp>
#include <libdadcam/process/process.hpp>

namespace dadcam::measure {
namespace {

/// "High|MD5:4c1e…", as ffprobe prints it.
std::string parameters_of(const std::string& ffprobe, const process::Input& input, int stream,
                          const process::Stop& stop) {
    constexpr std::size_t kMost = 1000;
    constexpr std::chrono::seconds kPatience{60};
    std::vector<std::string> arguments{"-v",
                                       "quiet",
                                       "-select_streams",
                                       fmt::format("{}", stream),
                                       "-show_data_hash",
                                       "SHA256",
                                       "-show_entries",
                                       "stream=profile,extradata_hash",
                                       "-of",
                                       "compact=p=0:nk=1"};
    arguments.insert(arguments.end(), input.held.begin(), input.held.end());
    arguments.push_back(input.name);
    const auto ran = process::capture({ffprobe, std::move(arguments)}, process::Stream::out, kMost, kPatience, stop);
    if (ran.finished.ended == process::Ended::stopped) throw Error(Category::cancelled, "Stopped.");
    return ran.output.substr(0, ran.output.find('\n'));
}

/// Reads the packets of one stream in the order in which they are decoded.
class Reader {
public:
    void add(const Packet& packet) {
        if (!packet.pts) {
            refuse("it does not say when each of its pictures is shown");
            return;
        }
        if (times_.empty()) {
            first_key_ = *packet.pts;
            if (!packet.key) refuse("it begins between two key pictures");
        } else if (*packet.pts < first_key_) {
            refuse("its first pictures refer to what lies before it");
        }
        if (packet.dts) {
            if (!first_dts_)
                first_dts_ = packet.dts;
            else if (*packet.dts <= last_dts_)
                refuse("its clock jumps");
            last_dts_ = *packet.dts;
        }
        if (times_.empty() || *packet.pts > latest_) {
            latest_ = *packet.pts;
            latest_length_ = packet.duration.value_or(0);
        }
        times_.push_back(*packet.pts);
    }

    Pictures finish(const footage::Facts& facts) {
        if (times_.empty()) refuse("it has no pictures");
        if (facts.pictures > 0 && facts.pictures != static_cast<std::int64_t>(times_.size()))
            refuse("an edit list in it hides some of its pictures");
        std::sort(times_.begin(), times_.end());
        if (std::adjacent_find(times_.begin(), times_.end()) != times_.end())
            refuse("two of its pictures share a time");
        Pictures pictures;
        pictures.flaw = std::move(flaw_);
        if (times_.empty()) return pictures;
        const auto first = times_.front();
        if (latest_length_ <= 0 && times_.size() > 1) latest_length_ = times_.back() - times_[times_.size() - 2];
        pictures.end = latest_ + latest_length_ - first;
        pictures.first_dts = first_dts_.value_or(first) - first;
        pictures.last_dts = first_dts_ ? last_dts_ - first : 0;
        for (auto& time : times_) time -= first;
        // A field is half a picture, and no container but theirs keeps them apart.
        constexpr double kTwoFields = 1.9;
        const double seconds = static_cast<double>(pictures.end) * facts.time_base.value();
        if (footage::interlaced(facts) && facts.rate.positive() && times_.size() > 2 &&
            static_cast<double>(times_.size()) > kTwoFields * seconds * facts.rate.value() && pictures.flaw.empty())
            pictures.flaw = "its fields are stored one by one";
        pictures.times = std::move(times_);
        return pictures;
    }

private:
    void refuse(const char* why) {
        if (flaw_.empty()) flaw_ = why;
    }

    std::vector<std::int64_t> times_;
    std::optional<std::int64_t> first_dts_;
    std::int64_t first_key_ = 0, last_dts_ = 0, latest_ = 0, latest_length_ = 0;
    std::string flaw_;
};

}  // namespace

Pictures read_pictures(const std::string& ffprobe, const std::filesystem::path& absolute, const footage::Facts& facts,
                       const process::Stop& stop) {
    const auto input = process::input_of(absolute);
    Reader reader;
    walk(
        ffprobe, input,
        [&](const Packet& packet) {
            if (packet.stream == facts.stream) reader.add(packet);
        },
        stop);
    auto pictures = reader.finish(facts);
    pictures.parameters = parameters_of(ffprobe, input, facts.stream, stop);
    return pictures;
}

}  // namespace dadcam::measure
