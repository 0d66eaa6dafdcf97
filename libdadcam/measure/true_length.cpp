#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/field_order.hpp>
#include <libdadcam/footage/fragments.hpp>
#include <libdadcam/footage/glimpse.hpp>
#include <libdadcam/footage/identity.hpp>
#include <libdadcam/footage/sample_table.hpp>
#include <libdadcam/footage/shape.hpp>
#include <libdadcam/measure/beginning.hpp>
#include <libdadcam/measure/damage.hpp>
#include <libdadcam/measure/listed.hpp>
#include <libdadcam/measure/measure.hpp>
#include <libdadcam/measure/recodings.hpp>
#include <libdadcam/measure/true_length.hpp>
#include <libdadcam/measure/walk.hpp>
#include <set>
#include <string_view>
#include <utility>

namespace dadcam::measure {
namespace {

using footage::Facts;

/// No recording is longer: what a library keeps of a clip is refused beyond it. Microseconds.
constexpr std::int64_t kLongest = 10'000'000LL * 1'000'000;
/// As much of the end is listed: more than lies between two key pictures of most cameras. Microseconds.
constexpr std::int64_t kEnd = 10'000'000;
/// A header that claims no more than this beyond what there is has not lost anything. Microseconds.
constexpr std::int64_t kNothingMissing = 500'000;

void begin_at(std::int64_t pts, Facts& facts) {
    facts.start_pts = pts;
    facts.start_us = std::llround(static_cast<double>(pts) * tick_us(facts));
}

/// A raw stream says nothing of when it begins: its first picture is where ffmpeg shows it, which need not be when it
/// is decoded, and is another time from one version to the next.
void find_beginning(const std::string& ffmpeg, const process::Input& input, Facts& facts, const process::Stop& stop) {
    if (facts.has_start || facts.lost_us > 0) return;
    if (const auto time = first_shown(ffmpeg, input, facts, stop)) begin_at(*time, facts);
}

void lose_until(std::int64_t pts, Facts& facts) {
    const auto before = facts.start_us;
    begin_at(pts, facts);
    facts.lost_us = facts.start_us - before;
}

/// Where pictures are shown before the first one in the file: with them, if they can be decoded, else with that one.
/// Where the first ones cannot be decoded: behind them. And whether that is not where ffprobe says.
bool begins_elsewhere(const std::string& ffprobe, const std::string& ffmpeg, const std::filesystem::path& absolute,
                      Facts& facts, const process::Stop& stop) {
    if (const auto later = later_beginning({ffprobe, ffmpeg}, absolute, facts, stop)) {
        lose_until(*later, facts);
        return true;
    }
    if (!facts.leading) return false;
    const auto [key, first] = *facts.leading;
    const auto begin = is_first_shown(ffmpeg, process::input_of(absolute), facts, key, first, stop) ? first : key;
    if (begin == facts.start_pts) return false;
    begin_at(begin, facts);
    return true;
}

/// Where the header's rate is a time base, or so low that a film of that rate would leave pictures out.
void find_rate(const Packets& pictures, Facts& facts) {
    constexpr std::int64_t kFew = 5;
    const auto counted = counted_rate(pictures, facts);
    // Fields may come one by one.
    const bool is_too_low = facts.rate.positive() && !footage::interlaced(facts) && pictures.count > kFew &&
                            counted.value() <= kFastest && counted.value() > kMuch * facts.rate.value();
    if (is_too_low || (facts.rate.value() > kFastest && counted.positive())) facts.rate = counted;
    if (facts.rate.value() > kFastest) facts.rate = {};
}

std::int64_t length_us(const Packets& pictures, const Facts& facts) {
    const double begin = static_cast<double>(facts.start_pts) * tick_us(facts);
    double length = 0;
    if (pictures.shown_until && pictures.without_time == 0)
        length = until(*pictures.first_shown, *pictures.last_shown, *pictures.shown_until, pictures, facts) - begin;
    else if (pictures.decoded_until)  // without gaps, pictures are shown for as long as they are decoded
        length =
            std::max(until(*pictures.first_decoded, *pictures.last_decoded, *pictures.decoded_until, pictures, facts),
                     static_cast<double>(*pictures.last_decoded) * tick_us(facts) + step_us(pictures, facts)) -
            (facts.has_start || facts.lost_us > 0 ? begin
                                                  : static_cast<double>(*pictures.first_decoded) * tick_us(facts));
    else
        length = static_cast<double>(pictures.durations) * tick_us(facts) - static_cast<double>(facts.lost_us);
    return std::max<std::int64_t>(1, std::llround(length));
}

bool is_counted_avi(const Facts& facts) {
    return facts.container == "avi" && facts.pictures > 0 && facts.rate.positive();
}

/// How long the header claims the pictures to be. ffprobe corrects what an AVI's says, but not their number.
std::int64_t claimed_by(const Facts& facts) {
    if (!is_counted_avi(facts)) return facts.duration_us;
    const double counted = static_cast<double>(facts.pictures) * 1e6 / facts.rate.value();
    return std::max<std::int64_t>(facts.duration_us, std::llround(std::min(counted, static_cast<double>(kLongest))));
}

/// Whether the header has one length for all streams. These have one time base, too.
bool has_one_length(const Facts& facts) {
    static const std::set<std::string_view> kContainers{"matroska,webm", "flv", "asf", "rm"};
    return kContainers.contains(facts.container);
}

/// Whether the header claims more than there is: a file that was cut off, or a recorder that never came to its end.
bool claims_more(const Packets& pictures, std::int64_t length, const Facts& facts) {
    static const std::set<std::string_view> kOwn{"avi", "mxf", "ogg"};
    const bool one_length = has_one_length(facts);  // the sound may be what is so long
    if (!one_length && !kOwn.contains(facts.container) && !is_movie(facts)) return false;
    const std::int64_t all = std::llround(static_cast<double>(pictures.all_until) * tick_us(facts)) - facts.start_us;
    constexpr double kHeldBack = 6;  // pictures, of which an AVI does not say when they are shown
    const auto off = is_counted_avi(facts) ? std::llround(kHeldBack * 1e6 / facts.rate.value()) : kNothingMissing;
    return claimed_by(facts) > (one_length ? std::max(length, all) : length) + off;
}

void count(const std::string& ffprobe, const std::string& ffmpeg, const process::Input& input, Facts& facts,
           const process::Stop& stop) {
    const bool rate_is_absurd = facts.rate.value() > kFastest;
    const auto end = facts.start_us + facts.duration_us - kEnd;
    Packets pictures;
    if (facts.has_start && facts.duration_us > kEnd && !rate_is_absurd)
        pictures = list_packets(ffprobe, input, facts, stop, end);
    if (pictures.count == 0) {
        pictures = list_packets(ffprobe, input, facts, stop, {});
        if (pictures.count == 0) throw Error(Category::input_not_found, "it has no pictures");
        find_beginning(ffmpeg, input, facts, stop);
        // Of a NUT ffprobe says that its pictures begin when its sound does.
        if (facts.container == "nut" && pictures.without_time == 0 && *pictures.first_shown > facts.start_pts)
            begin_at(*pictures.first_shown, facts);
    }
    find_rate(pictures, facts);
    const double mean = mean_length_us(pictures, facts);
    if (mean > 0 && mean < step_us(pictures, facts) / 2) facts.is_last_short = true;
    auto length = length_us(pictures, facts);
    // As many pictures as are decoded are shown, each as much later as a decoder holds it back; but the first ones may
    // refer to what was cut off. Of those few that belong to a first key picture nothing is said.
    if (pictures.without_time > 0 && facts.rate.positive()) {
        const bool is_cut = facts.lost_us > 0;
        if (facts.has_start && !is_cut) {
            const auto time = first_shown(ffmpeg, input, facts, stop);
            if (time > facts.start_pts) lose_until(*time, facts);
            length -= facts.lost_us;
        }
        const auto late =
            std::min<std::int64_t>(facts.lost_us, std::llround(facts.reordered * step_us(pictures, facts)));
        length = std::max<std::int64_t>(1, length + late);
        facts.lost_us -= late;
        if (!is_cut && facts.lost_us <= kNothingMissing) facts.lost_us = 0;
    }
    require_believable(length);
    if (facts.lost_us > kNothingMissing || claims_more(pictures, length, facts)) facts.claimed_us = claimed_by(facts);
    facts.duration_us = length;
    if (pictures.goes_back) facts.damaged = {{length, 0}};
    if (facts.sound && facts.sound->end_us == 0 && has_one_length(facts))
        facts.sound->end_us = std::llround(static_cast<double>(pictures.all_until) * tick_us(facts));
}

/// Of a movie of whose pictures the table says how long they are. Its last picture may be shorter than the others, as
/// one that was cut or copied out of another container, and is shown all the same. One that begins behind the movie
/// begins is taken to be shorter by ffmpeg, which does not count that time at the end (libavformat/mov.c,
/// mov_read_packet).
void take_table(const std::filesystem::path& absolute, Facts& facts) {
    constexpr double kShown = 100'000;  // microseconds: a last picture that is too short is shown for no longer
    const auto table =
        is_movie(facts) && has_believable_rate(facts) ? footage::sample_times(absolute, facts.stream_id) : std::nullopt;
    if (!table || !table->is_whole || table->samples != facts.pictures || table->shortest == 0) return;
    const double tick = 1e6 / static_cast<double>(table->scale), other = static_cast<double>(table->shortest);
    const double own = static_cast<double>(table->last_shown);
    const bool is_short = own < other / 2;
    const double least = std::min(other, kShown / tick);
    const double all = static_cast<double>(table->shown) + (is_short ? std::max(0.0, least - own) : 0);
    if (is_short || static_cast<double>(facts.start_pts) >= other / 2) facts.is_last_short = true;
    const auto length = std::llround(all * tick);
    const double off = least / 2 * tick;
    const bool is_longer = static_cast<double>(length - facts.duration_us) >= off;
    const bool is_shorter = static_cast<double>(facts.duration_us - length) >= off;
    if (is_longer || (is_shorter && !table->has_edits)) facts.duration_us = length;
}

/// Of a movie that was not copied whole. Where so little is missing that a film would stand still for it, the film ends
/// before that; where more is missing, an export says so and ends.
void take_off_end(const std::string& ffprobe, const std::string& ffmpeg, const process::Input& input, Facts& facts,
                  const process::Stop& stop) {
    constexpr std::int64_t kStandsStill = 1'000'000;  // microseconds: as much of a clip's end may be missing
    auto counted = facts;
    count(ffprobe, ffmpeg, input, counted, stop);
    if (counted.duration_us >= facts.duration_us - kStandsStill) facts = std::move(counted);
}

/// Of a movie of whose fragments some cannot be read: where it has no pictures, and that something would follow.
std::vector<footage::Lost> lost_in_fragments(const std::string& ffprobe, const std::filesystem::path& absolute,
                                             const Facts& facts, const process::Stop& stop) {
    const auto flaws = footage::flaws_of_fragments(absolute);
    std::vector<footage::Lost> lost;
    if (flaws.is_any_broken && facts.rate.positive()) {
        const auto picture = std::llround(1e6 / facts.rate.value());
        std::vector<Shown> pictures;
        const auto add = [&](const Packet& packet) {
            if (packet.stream != facts.stream || packet.kind != Kind::picture || !packet.pts) return;
            const auto from = std::llround(static_cast<double>(*packet.pts - facts.start_pts) * tick_us(facts));
            pictures.push_back({from, from + picture});
        };
        walk(ffprobe, process::input_of(absolute), add, stop);
        std::sort(pictures.begin(), pictures.end(), [](auto one, auto other) { return one.from_us < other.from_us; });
        lost = gaps_in(pictures, {0, facts.duration_us}, picture / 2);
    }
    if (flaws.is_end_lost) lost.push_back({facts.duration_us, 0});
    return lost;
}

/// Where the tables of an MPEG-TS say from somewhere on that its streams are coded otherwise, ffprobe 9 follows them,
/// and knows nothing of pictures of which it has seen no key picture: then what lies before that place is asked for.
Facts look_at_beginning(const std::string& ffprobe, const std::string& ffmpeg, const std::filesystem::path& absolute,
                        const process::Stop& stop) {
    constexpr std::int64_t kProbed = 5'000'000;  // bytes that ffprobe looks at
    try {
        return footage::look_into(ffprobe, ffmpeg, process::input_of(absolute), stop);
    } catch (const Error& error) {
        if (error.category() != Category::input_not_found) throw;
        RecodingFinder recodings(absolute);
        recodings.read_to(std::min(kProbed, footage::file_state(absolute).size_bytes));
        if (recodings.found().empty()) throw;
        const process::Part before{0, recodings.found().front().byte};
        return footage::look_into(ffprobe, ffmpeg, process::input_of(absolute, before), stop);
    }
}

}  // namespace

void require_believable(std::int64_t us) {
    if (us <= kLongest) return;
    throw Error(Category::input_not_found, fmt::format("its length of {} seconds cannot be right", us / 1'000'000));
}

bool has_consistent_length(const Facts& facts) {
    constexpr double kPictures = 1.5, kPart = 0.005;
    if (!is_movie(facts) || facts.pictures == 0 || !facts.rate.positive()) return false;
    const double counted = static_cast<double>(facts.pictures) / facts.rate.value();
    const double claimed = static_cast<double>(facts.duration_us) / 1e6;
    return std::abs(counted - claimed) <= std::max(kPictures / facts.rate.value(), claimed * kPart) &&
           facts.rate.value() <= kFastest;
}

Facts look_into(const std::string& ffprobe, const std::string& ffmpeg, const std::filesystem::path& absolute,
                const process::Stop& stop) {
    const auto input = process::input_of(absolute);
    auto facts = look_at_beginning(ffprobe, ffmpeg, absolute, stop);
    if (!is_to_be_measured(facts)) {
        const bool is_consistent = has_consistent_length(facts);
        take_table(absolute, facts);
        if (begins_elsewhere(ffprobe, ffmpeg, absolute, facts, stop) || !is_consistent) {
            count(ffprobe, ffmpeg, input, facts, stop);
            if (!is_consistent && is_movie(facts) && facts.damaged.empty())
                facts.damaged = lost_in_fragments(ffprobe, absolute, facts, stop);
        } else if (footage::is_movie_cut_off(absolute)) {
            take_off_end(ffprobe, ffmpeg, input, facts, stop);
        }
    }
    facts.leading.reset();  // needed no more, and not kept
    facts.reordered = 0;
    facts.is_begin_doubtful = false;
    facts.first_picture = {};
    footage::take_shape(facts, footage::wide_beside(absolute));
    return facts;
}

}  // namespace dadcam::measure
