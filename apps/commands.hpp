#pragma once

#include <apps/arguments/command_line.hpp>
#include <apps/context.hpp>
#include <functional>
#include <span>

namespace dadcam::app {

/// What a command does once its arguments are read. Returns the exit code.
using Action = std::function<int(Context&)>;

/// Declares a command's arguments; what each says by itself is checked here, before anything is opened. Returns its
/// action.
using Declare = Action (*)(Declaration command);

struct Command {
    const char* name;
    const char* group;  ///< the heading in `dadcam --help`
    const char* summary;
    const char* example;
    Declare declare;
};

/// The one table: every command there is, in the order of the help.
std::span<const Command> commands();

// One in each cmd_<name>.cpp.
Action declare_init(Declaration command);
Action declare_ingest(Declaration command);
Action declare_measure(Declaration command);
Action declare_clips(Declaration command);
Action declare_clip_time(Declaration command);
Action declare_clip_show(Declaration command);
Action declare_clip_sheet(Declaration command);
Action declare_clip_remove(Declaration command);
Action declare_tag(Declaration command);
Action declare_recipe_create(Declaration command);
Action declare_recipe_list(Declaration command);
Action declare_recipe_show(Declaration command);
Action declare_recipe_edit(Declaration command);
Action declare_recipe_save(Declaration command);
Action declare_recipe_delete(Declaration command);
Action declare_lut_add(Declaration command);
Action declare_lut_list(Declaration command);
Action declare_export(Declaration command);
Action declare_export_history(Declaration command);
Action declare_export_details(Declaration command);
Action declare_export_open(Declaration command);
Action declare_export_rerun(Declaration command);
Action declare_gallery(Declaration command);
Action declare_export_delete(Declaration command);
Action declare_export_cancel(Declaration command);
Action declare_resume(Declaration command);
Action declare_cache(Declaration command);
Action declare_config(Declaration command);
Action declare_try(Declaration command);
Action declare_doctor(Declaration command);

}  // namespace dadcam::app
