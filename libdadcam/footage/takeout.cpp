#include <charconv>
#include <cstdint>
#include <filesystem>
#include <libdadcam/footage/takeout.hpp>
#include <libdadcam/footage/text_cursor.hpp>
#include <libdadcam/footage/wall_time.hpp>
#include <nlohmann/json.hpp>

namespace dadcam::footage {
namespace {

using Json = nlohmann::json;

/// Waits for the one value at photoTakenTime.timestamp and keeps nothing else.
class TakenTime : public nlohmann::json_sax<Json> {
public:
    std::optional<std::int64_t> seconds;

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t value) override { return take(value); }
    bool number_unsigned(number_unsigned_t value) override { return take(static_cast<std::int64_t>(value)); }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t& value) override {
        std::int64_t number = 0;
        const auto end = value.data() + value.size();
        const auto read = std::from_chars(value.data(), end, number);
        return read.ec == std::errc{} && read.ptr == end ? take(number) : true;
    }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override {
        in_taken_time_ = in_taken_time_ || (depth_ == 1 && key_ == "photoTakenTime");
        return enter();
    }
    bool end_object() override {
        in_taken_time_ = in_taken_time_ && depth_ > 2;
        return leave();
    }
    bool start_array(std::size_t) override { return enter(); }
    bool end_array() override { return leave(); }
    bool key(string_t& value) override {
        key_ = value;
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

private:
    static constexpr int kDeepest = 32;

    bool take(std::int64_t value) {
        if (in_taken_time_ && depth_ == 2 && key_ == "timestamp") seconds = value;
        return true;
    }
    bool enter() {
        key_.clear();
        return ++depth_ <= kDeepest;
    }
    bool leave() {
        key_.clear();
        --depth_;
        return true;
    }

    std::string key_;
    int depth_ = 0;
    bool in_taken_time_ = false;
};

/// Without what is behind so many characters of UTF-8. Google counts characters, not bytes.
std::string cut_to(std::string_view text, std::size_t characters) {
    std::size_t end = 0;
    for (std::size_t count = 0; end < text.size(); ++end) {
        const bool begins = (static_cast<unsigned char>(text[end]) & 0xc0U) != 0x80;
        if (begins && count++ == characters) break;
    }
    return std::string(text.substr(0, end));
}

/// "(1)" at the end of a stem; empty for none.
std::string_view copy_number(std::string_view stem) {
    const auto open = stem.rfind('(');
    if (open == std::string_view::npos || !stem.ends_with(')')) return {};
    TextCursor digits(stem, open + 1);
    const bool number = digits.skip("0123456789") > 0 && digits.at() + 1 == stem.size();
    return number ? stem.substr(open) : std::string_view();
}

void add_names(std::vector<std::string>& names, const std::string& clip, std::string_view number) {
    constexpr std::string_view kMetadata = ".supplemental-metadata";
    constexpr std::size_t kMostCharacters = 46;
    const auto add = [&](const std::string& name) { names.push_back(name + std::string(number) + ".json"); };
    if (const auto cut = cut_to(clip, kMostCharacters); cut != clip) add(cut);
    for (auto length = kMetadata.size();; --length) {
        add(clip + std::string(kMetadata.substr(0, length)));
        if (length == 0) return;
    }
}

}  // namespace

std::optional<Told> takeout_date(std::string_view json) {
    TakenTime taken;
    if (!Json::sax_parse(json, &taken) || !taken.seconds) return {};
    const std::chrono::sys_seconds instant{std::chrono::seconds{*taken.seconds}};
    if (!is_dated(instant)) return {};
    return Told{{{}, instant}, false};
}

std::vector<std::string> takeout_names(const std::string& clip) {
    const std::filesystem::path path(clip);
    const std::string stem = path.stem().string(), extension = path.extension().string();
    std::vector<std::string> names;
    add_names(names, clip, {});
    if (const auto number = copy_number(stem); !number.empty()) {
        add_names(names, stem.substr(0, stem.size() - number.size()) + extension, number);
    }
    names.push_back(stem + ".json");
    return names;
}

}  // namespace dadcam::footage
