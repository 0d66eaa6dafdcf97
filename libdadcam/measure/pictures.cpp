#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <libdadcam/error.hpp>
#include <libdadcam/measure/entry.hpp>
#include <libdadcam/measure/fields.hpp>
#include <libdadcam/measure/keys.hpp>
#include <libdadcam/measure/measure.hpp>
#include <libdadcam/measure/pictures.hpp>
#include <libdadcam/measure/walk.hpp>
#include <libdadcam/process/process.hpp>

namespace dadcam::measure {
namespace {

/// What ffprobe prints of a stream, and of its first packet's picture: "frame|1|I", "stream|Main|SHA256:4c1e…".
std::string first_words(const std::string& ffprobe, const process::Input& input, int stream,
                        const process::Stop& stop) {
    constexpr std::size_t kMost = 1000;
    constexpr std::chrono::seconds kPatience{60};
    std::vector<std::string> arguments{"-v",
                                       "quiet",
                                       "-select_streams",
                                       fmt::format("{}", stream),
                                       "-read_intervals",
                                       "%+#1",
                                       "-show_data_hash",
                                       "SHA256",
                                       "-show_entries",
                                       "frame=key_frame,pict_type:stream=profile,extradata_hash",
                                       "-of",
                                       "compact=nk=1"};
    arguments.insert(arguments.end(), input.held.begin(), input.held.end());
    arguments.push_back(input.name);
    const auto ran = process::capture({ffprobe, std::move(arguments)}, process::Stream::out, kMost, kPatience, stop);
    if (ran.finished.ended == process::Ended::stopped) throw Error(Category::cancelled, "Stopped.");
    return ran.output;
}

/// The line of a section.
std::string line_of(const std::string& words, const std::string& section) {
    const auto begin = ("\n" + words).find("\n" + section + "|");
    return begin == std::string::npos ? std::string() : words.substr(begin, words.find('\n', begin) - begin);
}

/// Reads the packets of one stream in the order in which they are decoded.
class Reader {
public:
    explicit Reader(const footage::Facts& facts) : fields_(facts) {}

    void add(const Packet& packet) {
        if (!packet.pts) {
            refuse("it does not say when each of its pictures is shown");
            return;
        }
        const auto before = times_.empty() ? *packet.pts : times_.back();
        const bool is_second = fields_.is_second(*packet.pts);
        if (times_.empty()) {
            first_key_ = *packet.pts;
            if (!packet.key) refuse("it begins between two key pictures");
        }
        has_leading_ = has_leading_ || *packet.pts < first_key_;
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
        if (packet.discarded)
            hides_ = true;
        else
            show(packet);
        steps_.push_back(
            {is_second ? before : *packet.pts, packet.dts.value_or(*packet.pts), packet.key && !is_second});
    }

    /// When the first picture in the file is shown.
    std::int64_t first_key() const { return first_key_; }

    Pictures finish(const footage::Facts& facts) {
        if (times_.empty()) refuse("it has no pictures");
        if (has_leading_ && !has_key_units(facts)) refuse("its first pictures refer to what lies before it");
        if (facts.pictures > 0 && facts.pictures != std::ssize(times_))
            refuse(facts.container.starts_with("mov,") ? "an edit list in it hides some of its pictures"
                                                       : "it does not have as many pictures as its header says");
        std::sort(times_.begin(), times_.end());
        if (std::adjacent_find(times_.begin(), times_.end()) != times_.end())
            refuse("two of its pictures share a time");
        Pictures pictures;
        pictures.flaw = std::move(flaw_);
        if (times_.empty()) return pictures;
        const auto first = times_.front();
        if (latest_length_ <= 0 && times_.size() > 1) latest_length_ = times_.back() - times_[times_.size() - 2];
        pictures.first_pts = first;
        pictures.end = latest_ + latest_length_ - first;
        pictures.shown_from = hides_ && shown_from_ ? *shown_from_ - first : 0;
        pictures.shown_until = hides_ ? std::min(shown_until_ - first, pictures.end) : pictures.end;
        pictures.first_dts = first_dts_.value_or(first) - first;
        pictures.last_dts = first_dts_ ? last_dts_ - first : 0;
        for (auto& time : times_) time -= first;
        pictures.times = std::move(times_);
        return pictures;
    }

    /// By the stream's own clock. Those that are key pictures by its index.
    std::vector<Step>& steps() { return steps_; }

    /// Whether pictures at its ends are hidden, so that it can only be copied as a part.
    bool hides() const { return hides_; }

private:
    void show(const Packet& packet) {
        shown_from_ = std::min(shown_from_.value_or(*packet.pts), *packet.pts);
        shown_until_ = std::max(shown_until_, *packet.pts + packet.duration.value_or(0));
    }

    void refuse(const char* why) {
        if (flaw_.empty()) flaw_ = why;
    }

    FieldPairs fields_;
    bool hides_ = false;
    std::optional<std::int64_t> shown_from_;
    std::int64_t shown_until_ = 0;
    bool has_leading_ = false;  ///< pictures behind the first one are shown before it
    std::vector<std::int64_t> times_;
    std::vector<Step> steps_;
    std::optional<std::int64_t> first_dts_;
    std::int64_t first_key_ = 0, last_dts_ = 0, latest_ = 0, latest_length_ = 0;
    std::string flaw_;
};

/// In ticks from the first picture. No B picture of MPEG-2 or MPEG-4 is referred to, and in HEVC nothing shown behind a
/// key picture refers to what is shown before it (ISO/IEC 23008-2, 8.3.2). H.264 has no such rule, but its key pictures
/// let nothing refer to what is decoded before them.
Boundaries boundaries_among(std::vector<Step>& steps, const Pictures& pictures, const std::string& codec) {
    for (auto& step : steps) {
        step.pts -= pictures.first_pts;
        step.dts -= pictures.first_pts;
    }
    return boundaries_of(steps, codec != "h264");
}

/// Those that are none are no longer called key pictures.
void keep_keys(std::vector<Step>& steps, const std::vector<std::int64_t>& key_times) {
    for (auto& step : steps)
        step.is_key = step.is_key && std::binary_search(key_times.begin(), key_times.end(), step.pts);
}

}  // namespace

Pictures read_pictures(const Readers& readers, const std::filesystem::path& absolute, const footage::Facts& facts,
                       bool in_parts, const process::Stop& stop) {
    const auto input = process::input_of(absolute);
    Reader reader(facts);
    walk(
        readers.ffprobe, input,
        [&](const Packet& packet) {
            if (packet.stream == facts.stream) reader.add(packet);
        },
        stop, {}, true);
    auto pictures = reader.finish(facts);
    in_parts = in_parts || reader.hides();
    if (has_key_units(facts)) {
        const auto reach = in_parts && pictures.flaw.empty() ? Reach::whole : Reach::first_second;
        auto keys = read_keys(readers.ffmpeg, input, facts, reach, stop);
        if (pictures.flaw.empty() && !std::binary_search(keys.times.begin(), keys.times.end(), reader.first_key()))
            pictures.flaw = "its first picture does not begin a stream, but goes on with one";
        keep_keys(reader.steps(), keys.times);
        pictures.parameters = std::move(keys.parameters);
    } else {
        const auto words = first_words(readers.ffprobe, input, facts.stream, stop);
        if (pictures.flaw.empty() && !line_of(words, "frame").starts_with("frame|1|I"))
            pictures.flaw = "its first picture is not decoded by itself, whatever its index says";
        pictures.parameters = line_of(words, "stream");
        if (in_parts && pictures.flaw.empty() && !is_to_be_measured(facts) &&
            !has_true_keys(readers.ffprobe, input, facts, stop))
            keep_keys(reader.steps(), true_keys(readers.ffmpeg, input, facts, stop));
    }
    if (!in_parts || !pictures.flaw.empty()) return pictures;
    pictures.boundaries = boundaries_among(reader.steps(), pictures, facts.codec);
    return pictures;
}

}  // namespace dadcam::measure
