#include <doctest/doctest.h>
#include <fmt/format.h>

#include <apps/gallery/contents.hpp>
#include <apps/gallery/html.hpp>

namespace dadcam::app::gallery {
namespace {

std::size_t count(const std::string& html, const std::string& words) {
    std::size_t found = 0;
    for (auto at = html.find(words); at != std::string::npos; at = html.find(words, at + 1)) ++found;
    return found;
}

}  // namespace

TEST_SUITE("app/gallery") {
    TEST_CASE("any bytes are text") {
        CHECK(text("a & b") == "a &amp; b");
        CHECK(text("<b a=\"1\" c='2'>") == "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;");
        CHECK(text("\xe2\x80\xae"
                   "gpj") == "\\u202egpj");
        CHECK(text("\xff\n") == "\\xff\\n");
        CHECK(text("Été 家") == "Été 家");
    }

    TEST_CASE("an address is of one file, wherever the page is, and whatever the file is called") {
        CHECK(address("/a/b/film.mp4", "/a/c") == "../b/film.mp4");
        CHECK(address("/a/c/film.mp4", "/a/c") == "film.mp4");
        CHECK(address("/mnt/x.mp4", "/home/anna/pages") == "../../../mnt/x.mp4");
        CHECK(address("/a/50% #1 ?.mp4", "/a") == "50%25%20%231%20%3F.mp4");
        CHECK(address("/a/\xff\"<>&'.mp4", "/a") == "%FF%22%3C%3E%26%27.mp4");
        CHECK(address("/a/javascript:alert(1)", "/a") == "javascript%3Aalert%281%29");
    }

    TEST_CASE("what is too much for a page goes on on the next one, under the same heading") {
        for (const std::size_t most : {100U, 500U, 5000U, 100'000U}) {
            Contents contents(most);
            std::size_t cards = 0;
            for (int group = 0; group < 7; ++group) {
                for (int card = 0; card < 40; ++card, ++cards) {
                    const auto page = contents.add(fmt::format("<h2>{}</h2>", group), "cards",
                                                   fmt::format("<p>{}{:>20}</p>", group, card));
                    CHECK(page + 1 == contents.pages().size());
                }
            }
            std::size_t found = 0;
            for (const auto& page : contents.pages()) {
                CHECK(page.size() <= std::max<std::size_t>(most, 100) + 20);
                CHECK(count(page, "<section>") == count(page, "</div></section>"));
                CHECK(page.starts_with("<section><h2>"));
                found += count(page, "<p>");
            }
            CHECK(found == cards);
        }
        CHECK(Contents(100).pages() == std::vector<std::string>{""});
    }
}

}  // namespace dadcam::app::gallery
