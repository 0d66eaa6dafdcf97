#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <tests/cli/refusal.hpp>
#include <tests/support/errors.hpp>

namespace dadcam::test {

bool has_control_codes(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\n') || byte == 0x7f;
    });
}

void check_refused(const Sandbox& sandbox, const Call& call, int code, const std::string& says,
                   const std::string& advises) {
    const auto before = tree_of(sandbox.library);
    const auto ran = run(call);
    const auto line = fmt::format("dadcam {}", fmt::join(call.arguments, " "));
    CAPTURE(line);
    CAPTURE(ran.err);
    CHECK(ran.ended() == fmt::format("exit code {}", code));
    CHECK(ran.out.empty());
    CHECK_FALSE(has_control_codes(ran.err));
    CHECK(ran.err.starts_with("dadcam: "));
    REQUIRE(ran.err.ends_with('\n'));

    // What happened, then what to do, on the last line.
    const auto advice_at = ran.err.rfind('\n', ran.err.size() - 2) + 1;
    const auto happened = ran.err.substr(0, advice_at);
    const auto advice = ran.err.substr(advice_at);
    CHECK(contains(happened, says));
    CHECK_FALSE(advice.empty());
    CHECK(contains(advice, advises));
    CHECK_FALSE(contains(ran.err, "Something went wrong"));

    CHECK(fmt::format("{}", fmt::join(differences(before, tree_of(sandbox.library)), ", ")) == "");
}

void check_refused(const Sandbox& sandbox, const std::vector<std::string>& arguments, int code, const std::string& says,
                   const std::string& advises) {
    check_refused(sandbox, Call{arguments, sandbox.library}, code, says, advises);
}

}  // namespace dadcam::test
