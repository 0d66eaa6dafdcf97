#include <doctest/doctest.h>
#include <fmt/format.h>

#include <csignal>
#include <regex>
#include <tests/cli/sandbox.hpp>
#include <tests/support/errors.hpp>

namespace dadcam::test {
namespace {

namespace fs = std::filesystem;

fs::path pages_of(const Sandbox& sandbox) {
    return sandbox.library / ".dadcam" / "gallery";
}

std::size_t count(std::string_view text, std::string_view words) {
    std::size_t found = 0;
    for (auto at = text.find(words); at != std::string_view::npos; at = text.find(words, at + 1)) ++found;
    return found;
}

std::string decoded(const std::string& address) {
    std::string path;
    for (std::size_t at = 0; at < address.size(); ++at) {
        if (address[at] == '%') {
            path += static_cast<char>(std::stoi(address.substr(at + 1, 2), nullptr, 16));
            at += 2;
        } else {
            path += address[at];
        }
    }
    return path;
}

/// Files that a page names: pictures, films, other pages.
std::vector<fs::path> named_in(const fs::path& page) {
    const auto html = read_file(page);
    static const std::regex kAddress("(?:href|src)=\"([^\"#]+)(?:#[^\"]*)?\"");
    std::vector<fs::path> files;
    for (std::sregex_iterator at(html.begin(), html.end(), kAddress), end; at != end; ++at)
        files.push_back((page.parent_path() / decoded((*at)[1])).lexically_normal());
    return files;
}

/// Width and height, as ffprobe says.
std::string size_of(const Sandbox& sandbox, const fs::path& picture) {
    const auto said = process::capture(
        {"/usr/bin/env",
         {"ffprobe", "-v", "error", "-show_entries", "stream=width,height", "-of", "csv=p=0:s=x", picture.string()},
         sandbox.library.string()},
        process::Stream::out, 1000, std::chrono::minutes{1}, {});
    return said.output.substr(0, said.output.find('\n'));
}

}  // namespace

TEST_SUITE("gallery") {
    TEST_CASE("a library of nothing has pages that say what to type") {
        const Sandbox sandbox;
        sandbox.must({"init"});
        const auto page = sandbox.must({"gallery", "--quiet"});
        CHECK(page == (pages_of(sandbox) / "index.html").string() + "\n");
        CHECK(contains(read_file(pages_of(sandbox) / "index.html"), "dadcam export RECIPE"));
        CHECK(contains(read_file(pages_of(sandbox) / "clips.html"), "dadcam ingest FOLDER"));
    }

    TEST_CASE("films and clips, with pictures that are made once, and are there") {
        const ExportedLibrary sandbox;
        const auto first = sandbox.json({"gallery"});
        CHECK(first["picturesMade"] == 3);
        CHECK(first["clipsWithoutPictures"] == 0);
        CHECK(first["films"] == 1);
        CHECK(first["clips"] == 3);
        CHECK(sandbox.json({"gallery"})["picturesMade"] == 0);
        for (const char* name : {"index.html", "events.html", "clips.html"}) {
            const auto files = named_in(pages_of(sandbox) / name);
            CHECK(files.size() > 2);
            for (const auto& file : files) CHECK_MESSAGE(fs::is_regular_file(file), file.string());
        }
        const auto films = named_in(pages_of(sandbox) / "index.html");
        CHECK(std::find(films.begin(), films.end(), sandbox.film) != films.end());
        const auto clips = read_file(pages_of(sandbox) / "clips.html");
        CHECK(count(clips, "index.html#r1") == 3);
        CHECK(count(clips, "<img") == 3);
        // Four pictures of each, of the clip's own shape, and known by name elsewhere.
        const auto pictures = sandbox.json({"clip-show", "1"})["picturesPath"].get<std::string>();
        CHECK(size_of(sandbox, pictures) == "768x144");
        CHECK(contains(sandbox.must({"clip-show", "1"}), "Pictures: " + pictures));
        sandbox.must({"clip-remove", "1", "--yes"});
        CHECK(sandbox.json({"gallery"})["clips"] == 2);
        CHECK(!fs::exists(pictures));
    }

    TEST_CASE("a film that is gone, and what failed, say so") {
        const ExportedLibrary sandbox;
        fs::remove(sandbox.film);
        sandbox.database().exec(
            "UPDATE clips SET path = 'gone.mp4' WHERE id = 1; UPDATE export_runs SET name = name || ' 1'");
        CHECK(sandbox.dadcam({"export", "Film"}).ended() != "exit code 0");
        sandbox.must({"gallery"});
        const auto html = read_file(pages_of(sandbox) / "index.html");
        CHECK(contains(html, "The film is no longer there."));
        CHECK(!contains(html, "dadcam export-open 1"));
        CHECK(contains(html, "dadcam export-rerun 1"));
    }

    TEST_CASE("names are text, whatever they are") {
        const ExportedLibrary sandbox;
        sandbox.must({"tag", "add", "favorite", "1"});
        const std::vector<std::string> names{"<script>alert(1)</script>",
                                             "\" onmouseover=\"alert(1)",
                                             "' onerror='alert(1)",
                                             "--></style><img src=x onerror=alert(1)>",
                                             "\xff\xfe <b>",
                                             "\xe2\x80\xaegnp.exe",
                                             "a\nb\x1b[31m",
                                             std::string(300, 'W')};
        auto database = sandbox.database();
        for (const auto& name : names) {
            for (const char* change :
                 {"UPDATE export_runs SET name = CAST(? AS TEXT)", "UPDATE clips SET event = CAST(? AS TEXT)",
                  "UPDATE clips SET camera = CAST(? AS TEXT)", "UPDATE clips SET recorded_local = CAST(? AS TEXT)",
                  "UPDATE libraries SET name = CAST(? AS TEXT)", "UPDATE tags SET name = CAST(? AS TEXT)"}) {
                SQLite::Statement row(database, change);
                row.bind(1, name);
                row.exec();
            }
            sandbox.must({"gallery"});
            for (const char* page : {"index.html", "events.html", "clips.html"}) {
                const auto html = read_file(pages_of(sandbox) / page);
                CHECK(count(html, "<script") == 1);
                CHECK(count(html, "</style>") == 1);
                for (const char* markup : {"<b>", "<img src=x", "\" on", "' on", "\xff", "\xe2\x80\xae", "\x1b"})
                    CHECK_MESSAGE(!contains(html, markup), page << ": " << markup);
            }
        }
    }

    TEST_CASE("another place: new, or this library's; nothing else is written over") {
        const ExportedLibrary sandbox;
        const auto there = sandbox / "a #1 ? place";
        for (int times = 0; times < 2; ++times) {
            sandbox.must({"gallery", "-o", there.string()});
            for (const auto& file : named_in(there / "index.html")) CHECK_MESSAGE(fs::exists(file), file.string());
        }
        const auto foreign = write_file(sandbox / "other" / "index.html", "mine").parent_path();
        const auto before = tree_of(foreign);
        const auto refused = sandbox.dadcam({"gallery", "-o", foreign.string()});
        CHECK(refused.ended() == "exit code 2");
        CHECK(contains(refused.err, "holds something else"));
        CHECK(differences(before, tree_of(foreign)).empty());
        CHECK(sandbox.dadcam({"gallery", "-o", (foreign / "index.html").string()}).ended() == "exit code 12");
        const ExportedLibrary neighbour;
        CHECK(neighbour.dadcam({"gallery", "-o", there.string()}).ended() == "exit code 2");
        fs::remove_all(pages_of(sandbox));
        fs::create_directory_symlink(foreign, pages_of(sandbox));
        CHECK(sandbox.dadcam({"gallery"}).ended() == "exit code 12");
        CHECK(differences(before, tree_of(foreign)).empty());
    }

    TEST_CASE("switched on, the pages go along with each export") {
        const SmallLibrary sandbox;
        CHECK(sandbox.dadcam({"config", "gallery", "maybe"}).ended() == "exit code 2");
        sandbox.must({"config", "gallery", "on"});
        const auto index = pages_of(sandbox) / "index.html";
        const auto stub = stub_ffmpeg(sandbox, "case \"$*\" in *DSCN*) ;; *) exec sleep 1000 ;; esac");
        std::string meanwhile;
        const auto ran = run({{"export", "Film", "--json"}, sandbox.library, stub, [&](pid_t pid, std::string_view) {
                                  if (!meanwhile.empty() || !fs::exists(index)) return;
                                  meanwhile = read_file(index);
                                  ::kill(pid, SIGINT);
                              }});
        CHECK(ran.ended() == "exit code 130");
        CHECK(contains(meanwhile, "<progress"));
        CHECK(contains(meanwhile, "data-live"));
        CHECK(contains(meanwhile, "dadcam export-cancel 1"));
        auto html = read_file(index);
        CHECK(contains(html, "Cancelled</p>"));
        CHECK(!contains(html, "data-live"));
        sandbox.export_film();
        html = read_file(index);
        CHECK(contains(html, "Completed</p>"));
        CHECK(contains(html, "run_2.mp4"));
        sandbox.must({"config", "gallery", "off"});
        sandbox.export_film();
        CHECK(!contains(read_file(index), "run_3.mp4"));
    }

    TEST_CASE("a page that cannot be written does not hinder an export") {
        const SmallLibrary sandbox;
        sandbox.must({"config", "gallery", "on"});
        write_file(pages_of(sandbox), "a file");
        const auto ran = sandbox.dadcam({"export", "Film"});
        CHECK(ran.ended() == "exit code 0");
        CHECK(count(ran.err, "The gallery could not be written") == 1);
    }

    TEST_CASE("a contact sheet") {
        const SmallLibrary sandbox;
        const auto sheet = sandbox / "sheet.jpg";
        CHECK(sandbox.must({"clip-sheet", "-o", sheet.string()}) == sheet.string() + "\n");
        CHECK(size_of(sandbox, sheet) == "1040x540");
        CHECK(sandbox.dadcam({"clip-sheet", "-o", sheet.string()}).ended() == "exit code 12");
        sandbox.must({"clip-sheet", "2", "--force", "-o", sheet.string()});
        CHECK(size_of(sandbox, sheet) == "1040x180");
        CHECK(sandbox.dadcam({"clip-sheet", "-o", (sandbox / "sheet.png").string()}).ended() == "exit code 2");
        CHECK(sandbox.dadcam({"clip-sheet", "--event", "None", "-o", (sandbox / "b.jpg").string()}).ended() ==
              "exit code 1");
        CHECK(sandbox.dadcam({"clip-sheet", "9", "-o", (sandbox / "b.jpg").string()}).ended() == "exit code 1");
        // A clip that is gone has no pictures, and is named all the same.
        fs::remove(sandbox.library / sandbox.json({"clips"})[0]["path"].get<std::string>());
        fs::remove_all(sandbox.library / ".dadcam" / "pictures");
        const auto ran = sandbox.dadcam({"clip-sheet", "--force", "-o", sheet.string()});
        CHECK(ran.ended() == "exit code 0");
        CHECK(contains(ran.err, "no pictures of"));
        CHECK(size_of(sandbox, sheet) == "1040x540");
    }
}

}  // namespace dadcam::test
