#pragma once

#include <apps/arguments/declaration.hpp>
#include <apps/clip_choice.hpp>
#include <apps/context.hpp>
#include <functional>
#include <libdadcam/library/library.hpp>
#include <libdadcam/recipe/recipe.hpp>
#include <memory>
#include <utility>
#include <vector>

namespace dadcam::app {

/// The options that recipe-create and recipe-edit have in common. Each changes what it is about, if it is given.
class RecipeOptions {
public:
    RecipeOptions();
    ~RecipeOptions();

    void declare(Declaration& command);
    bool any_given() const;
    /// Everything that can be said without the library. Error(usage).
    void change(recipe::Recipe& recipe) const;
    bool says_mode() const;
    bool says_loudness() const;

private:
    struct Values;
    struct Option {
        Argument argument;
        std::function<void(recipe::Recipe&)> change;
    };
    using Change = std::function<void(recipe::Recipe&)>;
    void add(Argument argument, Change change) { options_.push_back({argument, std::move(change)}); }
    void declare_pictures(Declaration& command);
    void declare_labels(Declaration& command);
    void declare_sound(Declaration& command);

    std::unique_ptr<Values> values_;
    std::vector<Option> options_;
};

/// A recipe as it is before anything is said: as new ones are.
recipe::Recipe new_recipe(const Context& context);

/// What a recipe names, and did not name before, has to be there: events, cameras, tags, a LUT, music, which then is
/// stored as the library stores paths. Error(general), Error(input_not_found).
void look_up(const Context& context, library::Library& library, recipe::Recipe& recipe, const recipe::Recipe& before);

}  // namespace dadcam::app
