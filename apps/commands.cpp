#include <apps/commands.hpp>

namespace dadcam::app {
namespace {

constexpr const char* kLibrary = "Start a library";
constexpr const char* kClips = "Look after its clips";
constexpr const char* kRecipes = "Plan a film";
constexpr const char* kExports = "Make films";
constexpr const char* kHistory = "Look back at films";
constexpr const char* kHelp = "When something does not work";

constexpr Command kCommands[] = {
    {"init", kLibrary, "Make a folder a library", "dadcam init ~/Videos --name \"Our family\"", declare_init},
    {"try", kLibrary, "Make a one-minute film of a folder, and keep nothing else", "dadcam try ~/Videos", declare_try},
    {"config", kLibrary, "Show and change settings", "dadcam config --global launcher \"srun -n1\"", declare_config},
    {"ingest", kLibrary, "Add clips to the library", "dadcam ingest /media/camera/DCIM", declare_ingest},
    {"measure", kClips, "Measure clips that have no index, ahead of an export", "dadcam measure", declare_measure},
    {"clips", kClips, "List the clips", "dadcam clips --event \"2012 Birthday\"", declare_clips},
    {"clip-show", kClips, "Show all that is known of a clip, and from where", "dadcam clip-show 12", declare_clip_show},
    {"clip-sheet", kClips, "Make a contact sheet of clips, to look at or print",
     "dadcam clip-sheet --event \"2012 Birthday\" -o birthday.jpg", declare_clip_sheet},
    {"clip-time", kClips, "Correct when clips were recorded", "dadcam clip-time --camera GoPro --shift +1h7m",
     declare_clip_time},
    {"clip-remove", kClips, "Remove clips from the library; their files stay", "dadcam clip-remove 12",
     declare_clip_remove},
    {"tag", kClips, "Add tags to clips, or remove them", "dadcam tag add favorite 3 7 12", declare_tag},
    {"recipe-create", kRecipes, "Choose which clips make a film, and how",
     "dadcam recipe-create \"Summer 2019\" --mode by_date --from 2019-06 --to 2019-08", declare_recipe_create},
    {"recipe-list", kRecipes, "List the recipes", "dadcam recipe-list", declare_recipe_list},
    {"recipe-show", kRecipes, "Show a recipe and the clips that it selects now", "dadcam recipe-show \"Summer 2019\"",
     declare_recipe_show},
    {"recipe-edit", kRecipes, "Change a recipe, or edit its film line by line", "dadcam recipe-edit \"Summer 2019\"",
     declare_recipe_edit},
    {"recipe-save", kRecipes, "Save a recipe to a file", "dadcam recipe-save \"Summer 2019\" summer.json",
     declare_recipe_save},
    {"recipe-delete", kRecipes, "Delete a recipe; its exports stay", "dadcam recipe-delete 4", declare_recipe_delete},
    {"lut-add", kRecipes, "Add a colour look-up table (.cube)", "dadcam lut-add ~/luts/warm.cube --name warm",
     declare_lut_add},
    {"lut-list", kRecipes, "List the look-up tables", "dadcam lut-list", declare_lut_list},
    {"export", kExports, "Make the film of a recipe", "dadcam export \"Summer 2019\" -o ~/summer.mp4", declare_export},
    {"export-rerun", kExports, "Make an earlier film again, from its snapshot", "dadcam export-rerun 12",
     declare_export_rerun},
    {"resume", kExports, "Continue an export that was interrupted, cancelled or failed", "dadcam resume",
     declare_resume},
    {"export-cancel", kExports, "Cancel an export from elsewhere", "dadcam export-cancel 12", declare_export_cancel},
    {"export-history", kHistory, "List the exports, newest first", "dadcam export-history --status failed",
     declare_export_history},
    {"export-details", kHistory, "Show all about an export", "dadcam export-details 12 --logs", declare_export_details},
    {"gallery", kHistory, "Write pages with all films and clips, for a browser", "dadcam gallery --open",
     declare_gallery},
    {"export-open", kHistory, "Open a film, or its folder", "dadcam export-open 12 --folder", declare_export_open},
    {"export-delete", kHistory, "Delete an export with its film", "dadcam export-delete 12 --yes",
     declare_export_delete},
    {"cache", kHistory, "Show and limit what finished segments take up", "dadcam cache --max-size 20GB", declare_cache},
    {"doctor", kHelp, "Say what is wrong, and what to do", "dadcam doctor", declare_doctor},
};

}  // namespace

std::span<const Command> commands() {
    return kCommands;
}

}  // namespace dadcam::app
