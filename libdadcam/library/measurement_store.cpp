#include <algorithm>
#include <atomic>
#include <libdadcam/library/measurement_store.hpp>
#include <libdadcam/library/statement.hpp>
#include <libdadcam/measure/damage.hpp>
#include <libdadcam/measure/measure.hpp>
#include <libdadcam/process/in_order.hpp>
#include <libdadcam/time.hpp>
#include <nlohmann/json.hpp>

namespace dadcam::library {
namespace {

constexpr int kDamageVersion = 1;

const char* kind_of(Damaged damaged) {
    return damaged == Damaged::pictures ? "damage" : "sound damage";
}

}  // namespace

std::optional<footage::Measurement> find_measurement(Library& library, const std::string& content_id, int version) {
    auto query = prepare(library.database(),
                         "SELECT value FROM measurements WHERE content_id = ? AND kind = 'index' AND version = ?",
                         content_id, version);
    if (!query.executeStep()) return std::nullopt;
    try {
        auto found = nlohmann::json::parse(query.getColumn(0).getString()).get<footage::Measurement>();
        if (!found.spans.empty()) return found;
    } catch (const nlohmann::json::exception&) {
    } catch (const Error&) {
    }
    return std::nullopt;  // it is measured anew
}

void keep_measurement(Library& library, const std::string& content_id, int version,
                      const footage::Measurement& measurement, const footage::Facts& together) {
    execute(library.database(),
            "INSERT OR REPLACE INTO measurements (content_id, kind, version, value, created_at)"
            " VALUES (?, 'index', ?, ?, ?)",
            content_id, version, nlohmann::json(measurement).dump(), now_utc());
    execute(library.database(), "UPDATE clips SET facts = ? WHERE coalesce(whole_id, content_id) = ?",
            nlohmann::json(together).dump(), content_id);
}

void keep_recovery(Library& library, const std::string& content_id, std::int64_t us) {
    execute(library.database(),
            "UPDATE clips SET facts = json_set(facts, '$.recoveryUs', ?) WHERE coalesce(whole_id, content_id) = ?", us,
            content_id);
}

std::vector<footage::Lost> find_damage(Library& library, const std::string& content_id, Damaged damaged) {
    auto query =
        prepare(library.database(), "SELECT value FROM measurements WHERE content_id = ? AND kind = ? AND version = ?",
                content_id, kind_of(damaged), kDamageVersion);
    if (!query.executeStep()) return {};
    try {
        return nlohmann::json::parse(query.getColumn(0).getString()).get<std::vector<footage::Lost>>();
    } catch (const nlohmann::json::exception&) {
        return {};
    }
}

void keep_damage(Library& library, const std::string& content_id, Damaged damaged,
                 const std::vector<footage::Lost>& lost) {
    auto all = find_damage(library, content_id, damaged);
    all.insert(all.end(), lost.begin(), lost.end());
    execute(library.database(),
            "INSERT OR REPLACE INTO measurements (content_id, kind, version, value, created_at)"
            " VALUES (?, ?, ?, ?, ?)",
            content_id, kind_of(damaged), kDamageVersion, nlohmann::json(measure::merged(std::move(all))).dump(),
            now_utc());
}

std::vector<Measured> measure_clips(Library& library, std::span<const footage::Clip* const> clips,
                                    const Measuring& measuring, const process::Stop& stop) {
    std::vector<Measured> all(clips.size());
    std::vector<std::size_t> unknown;
    std::int64_t bytes = 1;
    for (std::size_t i = 0; i < clips.size(); ++i) {
        all[i].found = find_measurement(library, footage::rendering_id(*clips[i]), measure::kVersion);
        all[i].known = all[i].found.has_value();
        if (all[i].known) continue;
        unknown.push_back(i);
        bytes += clips[i]->state.size_bytes;
    }
    std::atomic<std::int64_t> walked{0};
    process::InOrder<Measured> measured(
        unknown.size(), process::usual_threads(),
        [&](std::size_t at, const process::Stop& own_stop) -> Measured {
            const auto& clip = *clips[unknown[at]];
            try {
                return {measure::measure(measuring.ffprobe, measuring.ffmpeg, library.located(clip.path), clip.facts,
                                         own_stop, [&](std::int64_t more) { walked += more; }),
                        {}};
            } catch (const Error& error) {
                return {{}, error};
            } catch (const std::exception& error) {
                return {{}, Error(Category::general, "It cannot be measured.", {}, error.what())};
            }
        },
        stop);
    const auto tell = [&] {
        if (measuring.on_progress) {
            measuring.on_progress(std::min(1.0, static_cast<double>(walked.load()) / static_cast<double>(bytes)));
        }
    };
    std::size_t done = 0;
    for (auto one = measured.next(tell); one; one = measured.next(tell)) {
        const auto index = unknown[done++];
        if (one->failure && one->failure->category() != Category::input_not_found) throw *one->failure;
        if (one->found) {
            keep_measurement(library, footage::rendering_id(*clips[index]), measure::kVersion, *one->found,
                             measure::together(*one->found, clips[index]->facts.wide));
        }
        all[index] = std::move(*one);
    }
    if (stop.requested()) throw Error(Category::cancelled, "Stopped.");
    return all;
}

}  // namespace dadcam::library
