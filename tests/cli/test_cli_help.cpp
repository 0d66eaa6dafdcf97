#include <doctest/doctest.h>

#include <apps/commands.hpp>
#include <tests/cli/refusal.hpp>
#include <tests/support/errors.hpp>

namespace dadcam::test {

TEST_SUITE("help") {
    TEST_CASE("the help groups all commands, and needs no library") {
        const Sandbox sandbox;
        const auto help = sandbox.must({"--help"});
        for (const auto& command : app::commands()) {
            CAPTURE(std::string(command.name));
            CHECK(contains(help, std::string(command.group) + ":\n"));
            CHECK(contains(help, "\n  " + std::string(command.name) + " "));
            CHECK(contains(help, command.summary));
        }
        CHECK(sandbox.must({"-h"}) == help);
    }

    TEST_CASE("every command's help has its summary, its options and an example of itself") {
        const Sandbox sandbox;
        for (const auto& command : app::commands()) {
            CAPTURE(std::string(command.name));
            const auto help = sandbox.must({command.name, "--help"});
            CHECK(contains(help, command.summary));
            CHECK(contains(help, "Example:\n  " + std::string(command.example)));
            CHECK(std::string(command.example).starts_with("dadcam " + std::string(command.name)));
        }
        for (const char* verb : {"add", "remove"}) {
            CHECK(contains(sandbox.must({"tag", verb, "--help"}), "Example:\n  dadcam tag " + std::string(verb)));
        }
    }

    TEST_CASE("every command refuses an option that it does not know, before anything else") {
        const Sandbox sandbox;  // not even a library
        for (const auto& command : app::commands()) {
            check_refused(sandbox, {command.name, "--nonsense"}, 2, "", "--help");
        }
        for (const char* command : {"init", "clips", "export-history", "recipe-list", "export"}) {
            check_refused(sandbox, {command, "--nonsense"}, 2, "--nonsense",
                          "dadcam " + std::string(command) + " --help");
        }
        check_refused(sandbox, {"--nonsense"}, 2, "--nonsense", "dadcam --help");
    }

    TEST_CASE("options that every command takes stand before the command or behind it") {
        const SmallLibrary sandbox;
        const auto library = sandbox.library.string();
        const auto before = run({{"--library", library, "--json", "clips"}, "/"});
        const auto behind = run({{"clips", "--json", "--library", library}, "/"});
        const auto named = run({{"clips", "--json"}, "/", {{"DADCAM_LIBRARY", library}}});
        const auto below = run({{"clips", "--json"}, sandbox.library / "2012 Birthday"});
        CHECK(Json::parse(before.out).size() == 3);
        CHECK(behind.out == before.out);
        CHECK(named.out == before.out);
        CHECK(below.out == before.out);
    }

    TEST_CASE("--version says the version, on standard output") {
        const Sandbox sandbox;
        const auto version = sandbox.must({"--version"});
        CHECK(version.starts_with("dadcam "));
        CHECK(version.ends_with("\n"));
    }
}

}  // namespace dadcam::test
