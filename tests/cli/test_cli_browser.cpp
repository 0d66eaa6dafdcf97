// The gallery's pages in a real browser.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <tests/cli/sandbox.hpp>
#include <tests/support/browser.hpp>
#include <tests/support/errors.hpp>

namespace dadcam::test {
namespace {

namespace fs = std::filesystem;

/// Two films, one that failed, one that was cancelled, and names that would like to be more than text.
struct Shown : ExportedLibrary {
    Shown() {
        auto rows = database();
        const std::string columns =
            "library_id, recipe_snapshot, inputs_snapshot, normalized_settings, pipeline_version, ffmpeg_version,"
            " total_clips, total_duration_ms, frames_total, created_at";
        const auto add = [&](const std::string& name, const std::string& status) {
            SQLite::Statement run(rows, fmt::format("INSERT INTO export_runs (name, status, error_message, {0}) SELECT "
                                                    "?, ?, 'It failed.', {0} FROM export_runs WHERE id = 1",
                                                    columns));
            run.bind(1, name);
            run.bind(2, status);
            run.exec();
        };
        add("Summer of the failure", "failed");
        add("Winter", "cancelled");
        for (int at = 0; at < 50; ++at) {
            const std::vector<std::string> kinds{"<script>alert({0})</script>", "<img src=x onerror=alert({0})>",
                                                 "\" onclick=\"alert({0})\" x=\"", "javascript:alert({0})",
                                                 "<a href=https://example.org/{0}>x</a>"};
            const auto& kind = kinds[static_cast<std::size_t>(at) % kinds.size()];
            add(fmt::format(fmt::runtime(kind), at), "failed");
        }
        rows.exec(
            "UPDATE clips SET event = '<script>alert(1)</script>' WHERE id = 1;"
            "UPDATE clips SET camera = '<img src=https://example.org/x.png onerror=alert(2)>'");
        must({"gallery"});
    }
    fs::path page(const std::string& name) const { return library / ".dadcam" / "gallery" / name; }
};

/// Of all that is written: what stands out less than 4.5 to 1 from what it stands on.
constexpr const char* kLowContrast = R"js((() => {
  const parts = text => text.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const color = parts(getComputedStyle(at).backgroundColor);
      if (color.length < 4 || color[3] > 0.9) return color;
    }
    return [255, 255, 255];
  };
  const low = [];
  for (const element of document.querySelectorAll('body *')) {
    if (![...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())) continue;
    if (!element.checkVisibility()) continue;
    const [a, b] = [light(parts(getComputedStyle(element).color)), light(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) low.push(element.outerHTML.slice(0, 80) + ' ' + ratio.toFixed(2));
  }
  return low;
})())js";

/// Buttons, links and pictures that a reader for the blind has no name for.
std::vector<std::string> without_name(Browser& browser) {
    std::vector<std::string> nameless;
    for (const auto& node : browser.command("Accessibility.getFullAXTree")["nodes"]) {
        const std::string role = node.contains("role") ? node["role"].value("value", "") : "";
        const bool ignored = node.value("ignored", false);
        if (ignored || (role != "button" && role != "image" && role != "link" && role != "searchbox")) continue;
        if (!node.contains("name") || node["name"].value("value", "").empty()) nameless.push_back(node.dump());
    }
    return nameless;
}

std::string shown_films(Browser& browser) {
    return browser.evaluate("document.querySelectorAll('article:not([hidden])').length").dump();
}

}  // namespace

TEST_SUITE("browser") {
    TEST_CASE("pages are looked at, filtered, searched, copied from and played") {
        const auto program = Browser::find();
        if (!program) {
            MESSAGE("skipped: chromium is not installed");
            return;
        }
        const Shown sandbox;
        Browser browser(*program);
        browser.open(sandbox.page("index.html"));
        CHECK(shown_films(browser) == "53");

        // Filters, by click and by key; typing narrows further, and both are kept while the page is there.
        browser.click("[data-filter=ok]");
        CHECK(shown_films(browser) == "1");
        CHECK(browser.evaluate("document.querySelector('[data-filter=ok]').ariaPressed") == "true");
        browser.evaluate("document.querySelector('[data-filter=fail]').focus()");
        browser.press("Enter");
        CHECK(shown_films(browser) == "51");
        browser.click("#search");
        browser.type("summer FAILURE");
        CHECK(shown_films(browser) == "1");
        browser.open(sandbox.page("index.html"));
        CHECK(shown_films(browser) == "1");
        browser.evaluate("document.querySelector('#search').select()");
        browser.type("nothing is like this");
        CHECK(browser.evaluate("!document.querySelector('#none').hidden") == true);
        browser.evaluate("sessionStorage.clear()");
        browser.open(sandbox.page("index.html"));

        // One click copies what to type.
        browser.click("#r2 .do button");
        CHECK(browser.becomes("document.querySelector('#said').textContent == 'Copied: dadcam resume 2'"));
        CHECK(browser.evaluate("navigator.clipboard.readText()") == "dadcam resume 2");

        // A film plays in its place.
        browser.click("#r1 a.see");
        CHECK(browser.becomes("document.querySelector('video')?.currentTime > 0"));

        CHECK(browser.evaluate(kLowContrast).dump() == "[]");
        CHECK(without_name(browser) == std::vector<std::string>{});
        browser.resize(360, 800, true);
        CHECK(browser.evaluate(kLowContrast).dump() == "[]");
        CHECK(browser.evaluate("document.documentElement.scrollWidth").get<int>() <= 360);

        for (const char* page : {"events.html", "clips.html"}) {
            browser.open(sandbox.page(page));
            CHECK(browser.evaluate(kLowContrast).dump() == "[]");
            CHECK(without_name(browser) == std::vector<std::string>{});
            CHECK(browser.evaluate("document.documentElement.scrollWidth").get<int>() <= 360);
        }
        CHECK(browser.becomes("[...document.images].every(image => image.complete && image.naturalWidth > 0)"));
        browser.click("article a");
        CHECK(browser.becomes("location.hash == '#r1' && document.querySelector(':target') != null"));

        CHECK(browser.dialogs() == 0);
        CHECK(browser.requests() == std::vector<std::string>{});
        CHECK(browser.complaints() == std::vector<std::string>{});
    }
}

}  // namespace dadcam::test
