#pragma once

#include <apps/context.hpp>
#include <functional>
#include <span>

namespace CLI {
class App;
}  // namespace CLI

namespace dadcam::app {

/// What a command does once its arguments are read and checked. Returns the exit code.
using Action = std::function<int(Context&)>;

/// Declares a command's arguments; what they say is checked before anything is opened. Returns its action.
using Declare = Action (*)(CLI::App& command);

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
Action declare_init(CLI::App& command);
Action declare_ingest(CLI::App& command);
Action declare_clips(CLI::App& command);
Action declare_tag(CLI::App& command);
Action declare_recipe_create(CLI::App& command);
Action declare_recipe_list(CLI::App& command);
Action declare_recipe_show(CLI::App& command);
Action declare_recipe_delete(CLI::App& command);
Action declare_lut_add(CLI::App& command);
Action declare_lut_list(CLI::App& command);
Action declare_export(CLI::App& command);
Action declare_export_history(CLI::App& command);
Action declare_export_details(CLI::App& command);
Action declare_export_open(CLI::App& command);
Action declare_export_rerun(CLI::App& command);
Action declare_export_delete(CLI::App& command);
Action declare_export_cancel(CLI::App& command);
Action declare_resume(CLI::App& command);
Action declare_cache(CLI::App& command);
Action declare_config(CLI::App& command);

}  // namespace dadcam::app
