#include <apps/render/paced.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace dadcam;

namespace {

/// "1% 2% (a note) end": what an observer was told.
struct Noted : render::Observer {
    explicit Noted(std::string& words) : text(words) {}
    void progress(const render::Progress& progress) override { text += std::to_string(progress.percent) + "% "; }
    void note(const std::string& words) override { text += '(' + words + ") "; }
    void completed(const render::Outcome& /*outcome*/) override { text += "end"; }
    std::string& text;
};

struct Pace {
    bool is_behind = false;
    std::string told;
    app::Paced observer{std::make_unique<Noted>(told), [this] { return is_behind; }};

    void progress(int percent) {
        observer.progress({.percent = percent, .operation = {}, .remaining_seconds = {}, .speed = {}});
    }
};

}  // namespace

TEST_CASE("a reader that keeps up is told everything") {
    Pace pace;
    for (const int percent : {1, 2, 3}) pace.progress(percent);
    pace.observer.note("a note");
    pace.observer.completed({});
    CHECK(pace.told == "1% 2% 3% (a note) end");
}

TEST_CASE("one that is behind is spared old progress, but no note and not the end") {
    Pace pace;
    pace.progress(1);
    pace.is_behind = true;
    for (const int percent : {2, 3, 4}) pace.progress(percent);
    pace.observer.note("a note");
    pace.is_behind = false;
    pace.progress(5);
    pace.is_behind = true;
    for (const int percent : {6, 7}) pace.progress(percent);
    pace.observer.completed({});
    CHECK(pace.told == "1% (a note) 5% 7% end");
}
