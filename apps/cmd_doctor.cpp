#include <fmt/format.h>

#include <algorithm>
#include <apps/commands.hpp>
#include <apps/doctor/library.hpp>
#include <apps/doctor/tools.hpp>
#include <apps/person.hpp>
#include <apps/render/format.hpp>
#include <libdadcam/library/store_place.hpp>
#include <libdadcam/version.hpp>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

using Json = nlohmann::ordered_json;

const char* name(State state) {
    switch (state) {
        case State::fine:
            return "ok";
        case State::note:
            return "note";
        case State::broken:
            break;
    }
    return "broken";
}

Findings look_at_store(const Context& context) {
    const auto store = personal_config(context.terminal).store;
    if (!store) return {};
    const auto away = library::why_away(*store);
    if (!away) return {{"store", State::fine, store->folder.string()}};
    return {{"store", State::note, away->message(), away->advice()}};
}

Findings look_at_all(const Context& context) {
    const auto root = find_library(context);
    std::filesystem::path clip;
    const auto of_library = root ? look_at_library(context, *root, clip) : Findings{look_where_none_is(context.folder)};
    auto findings = look_at_tools(context, clip);
    // Settings that cannot be read are among the findings already.
    const bool settings = std::none_of(findings.begin(), findings.end(), [](const Finding& finding) {
        return finding.about == "your settings" && finding.state == State::broken;
    });
    const auto of_store = settings ? look_at_store(context) : Findings{};
    findings.insert(findings.end(), of_store.begin(), of_store.end());
    findings.insert(findings.end(), of_library.begin(), of_library.end());
    return findings;
}

void print(const Context& context, const Findings& findings) {
    std::string libraries;
    for (const auto& [name, version] : library_versions())
        libraries += fmt::format("{}{} {}", libraries.empty() ? "" : ", ", name, version);
    say(context, fmt::format("dadcam {} ({})", version(), libraries));
    int widest = 0;
    for (const auto& finding : findings) widest = std::max(widest, display_width(finding.about));
    for (const auto& finding : findings) {
        say(context, fmt::format("{:<6}  {:<{}}  {}", name(finding.state), finding.about, widest, finding.text));
        if (!finding.advice.empty()) say(context, fmt::format("{:<6}  {:<{}}  {}", "", "", widest, finding.advice));
    }
}

Json as_json(const Findings& findings, int code) {
    Json document{
        {"version", version()}, {"libraries", Json::object()}, {"exitCode", code}, {"findings", Json::array()}};
    for (const auto& [name, version] : library_versions()) document["libraries"][name] = version;
    for (const auto& finding : findings) {
        Json entry{{"about", finding.about}, {"state", name(finding.state)}, {"text", finding.text}};
        if (!finding.advice.empty()) entry["advice"] = finding.advice;
        if (finding.state == State::broken) entry["category"] = dadcam::name(finding.category);
        entry.update(finding.facts);
        document["findings"].push_back(std::move(entry));
    }
    return document;
}

int doctor(const Context& context) {
    const auto findings = look_at_all(context);
    const auto worst = std::find_if(findings.begin(), findings.end(),
                                    [](const Finding& finding) { return finding.state == State::broken; });
    const int code = worst == findings.end() ? 0 : exit_code(worst->category);
    if (context.options.json)
        print_json(context, as_json(findings, code));
    else
        print(context, findings);
    return code;
}

}  // namespace

Action declare_doctor(Declaration) {
    return [](const Context& context) { return doctor(context); };
}

}  // namespace dadcam::app
