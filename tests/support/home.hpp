#pragma once

#include <algorithm>
#include <libdadcam/library/clip_store.hpp>
#include <libdadcam/library/ingest.hpp>
#include <tests/support/libraries.hpp>
#include <tests/support/scripts.hpp>

namespace dadcam::test {

/// A library, real clips below its root, and an ffprobe that notes each call.
struct Home : FreshLibrary {
    std::string ffprobe = write_script(folder / "ffprobe", "echo call >> '" + (folder / "calls").string() + "'\nexec " +
                                                               quick_tool("ffprobe") + " \"$@\"");
    process::Stop stop;

    std::filesystem::path place(const std::string& name) const { return library.root() / name; }
    std::filesystem::path clip(const std::string& name, const std::string& color) const {
        return make_clip(place(name), color);
    }

    library::IngestReport take_in(std::vector<std::filesystem::path> places = {}, bool copy = false,
                                  footage::Take take = footage::Take::footage) {
        if (places.empty()) places.push_back(library.root());
        auto report = library::ingest(library, {std::move(places), copy, ffprobe, quick_tool("ffmpeg"), 1, {}, take},
                                      stop, [](std::size_t, std::size_t) {});
        std::sort(report.added.begin(), report.added.end());
        return report;
    }

    std::size_t probes() const {
        if (!std::filesystem::exists(folder / "calls")) return 0;
        const auto calls = read_file(folder / "calls");
        return static_cast<std::size_t>(std::count(calls.begin(), calls.end(), '\n'));
    }

    std::int64_t id_at(const std::string& path) {
        const auto known = library::known_file(library, path);
        return known ? known->clip_id : 0;
    }
};

}  // namespace dadcam::test
