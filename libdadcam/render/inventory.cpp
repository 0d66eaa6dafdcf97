#include <fmt/format.h>

#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/render/index.hpp>
#include <libdadcam/render/inventory.hpp>
#include <libdadcam/render/takeover.hpp>

namespace dadcam::render {

Inventory take_inventory(library::Library& library, const Job& job, const std::set<std::string>& rendered,
                         const std::function<void()>& each) {
    library::require_there(library.store());
    const auto check = job.options.verify ? library::Check::contents : library::Check::touched;
    Inventory inventory;
    std::map<std::string, std::size_t> first_of;
    for (std::size_t index = 0; index < job.plan.segments.size(); ++index) {
        const auto& key = job.plan.keys[index];
        auto found = library::find_segment(library, key, check, [&](std::string_view) { each(); });
        if (found && found.segment->frames != job.plan.segments[index].frames.count) found = {};
        // A list of other files would be read as one: the joining hands its formats on to what it joins.
        if (found && !begins_as_movie(library::segment_file(library, key))) found = {{}, "its file is not a movie"};
        if (!found) inventory.absent_keys.insert(key);
        inventory.sizes.push_back(found ? std::optional(found.segment->bytes) : std::nullopt);
        if (found && (job.options.use_store || rendered.contains(key))) {
            inventory.there.push_back(index);
        } else if (const auto [first, is_new] = first_of.emplace(key, index); is_new) {
            inventory.missing.push_back(index);
            if (!found.lost.empty()) inventory.lost[index] = found.lost;
        } else {
            inventory.twins[first->second].push_back(index);
        }
    }
    return inventory;
}

std::vector<std::string> why_again(library::Library& library, const Job& job, const Inventory& inventory) {
    const auto old = job.resumed_from ? Takeover(library, *job.resumed_from, job.snapshot, job.tools) : Takeover();
    std::vector<std::string> sentences;
    for (const auto index : inventory.missing) {
        const auto& segment = job.plan.segments[index];
        const auto lost = inventory.lost.find(index);
        const auto reason = lost != inventory.lost.end()
                                ? lost->second
                                : old.why_again(segment, job.plan.keys[index], job.plan, job.snapshot);
        if (reason.empty()) continue;
        sentences.push_back(fmt::format("Segment {} ({}) is rendered again: {}.", index + 1,
                                        clips_of(job.snapshot, job.plan, segment), reason));
    }
    return sentences;
}

}  // namespace dadcam::render
