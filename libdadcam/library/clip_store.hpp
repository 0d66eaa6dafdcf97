#pragma once

#include <libdadcam/footage/clip.hpp>
#include <libdadcam/library/library.hpp>
#include <libdadcam/recipe/recipe.hpp>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace dadcam::library {

/// What a rescan compares a file with.
struct KnownFile {
    std::int64_t clip_id = 0;
    footage::FileState state;
    std::string sampled_id;  ///< as a clip's; only from known_files()
    int facts_version = 0;   ///< of its facts; only from known_files()
};

/// Every clip's stored path and state: what is needed to see that a file is known, without its facts.
std::map<std::string, KnownFile> known_files(Library& library);

/// The same for one stored path.
std::optional<KnownFile> known_file(Library& library, const std::string& stored_path);

/// What recipe::select() chooses from all clips, but only those are read whose date and event fit. With their tags. Of
/// a recipe with a list its clips, as often as it has them, but for those that are gone from the library.
std::vector<footage::Clip> selected_clips(Library& library, const recipe::Recipe& recipe);

/// How many clips there are by now that what the list was made from would select, and that are not in it.
std::size_t count_unlisted(Library& library, const recipe::Recipe& recipe);

/// Nothing when there is no clip of that id.
std::optional<footage::Clip> find_clip(Library& library, std::int64_t id);

/// When a clip was recorded as far as was found, whatever a person has said since.
footage::RecordedAt found_date(Library& library, std::int64_t id);

/// The clip whose file has this content.
std::optional<footage::Clip> find_clip_by_content(Library& library, const std::string& content_id);

/// Adds a clip and returns its id. `clip.id` and its tags are not looked at. Its date is the one that was found: a
/// correction of it stays and holds.
std::int64_t add_clip(Library& library, const footage::Clip& clip);

/// Writes everything but the tags of the clip with `clip.id`: its file moved, or has other content now. A clip that has
/// had the new path so far gets the old one in exchange. As to its date, as add_clip().
void update_clip(Library& library, const footage::Clip& clip);

/// The events there are, each with its number of clips, by name.
std::vector<std::pair<std::string, std::int64_t>> events(Library& library);

/// The cameras that are known, each with its number of clips, by name.
std::vector<std::pair<std::string, std::int64_t>> cameras(Library& library);

/// The tags in use, each with its number of clips, by name.
std::vector<std::pair<std::string, std::int64_t>> tags(Library& library);

/// Returns how many clips did not have the tag before. Error(general) for an id that is no clip; then nothing changes.
int add_tag(Library& library, const std::string& tag, const std::vector<std::int64_t>& clip_ids);

/// Returns how many clips had the tag. Error(general) for an id that is no clip; then nothing changes.
int remove_tag(Library& library, const std::string& tag, const std::vector<std::int64_t>& clip_ids);

}  // namespace dadcam::library
