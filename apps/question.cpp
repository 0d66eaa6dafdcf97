#include <fmt/format.h>

#include <apps/question.hpp>
#include <apps/render/format.hpp>

namespace dadcam::app {

bool confirmed(Context& context, const std::string& question, const std::string& what) {
    if (!context.terminal.in_is_terminal)
        throw Error(Category::usage, fmt::format("{} has to be confirmed.", what), "In scripts, give --yes.");
    auto& err = context.terminal.err;
    err << printable(fmt::format("{} [y/N] ", question)) << std::flush;
    const auto& await_input = context.terminal.await_input;
    if (await_input && !await_input(context.stop)) {
        err << '\n';
        return false;
    }
    std::string answer;
    std::getline(context.terminal.in, answer);
    return answer == "y" || answer == "Y" || answer == "yes";
}

}  // namespace dadcam::app
