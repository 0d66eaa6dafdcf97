#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/identity.hpp>
#include <libdadcam/hash.hpp>
#include <libdadcam/library/atomic_file.hpp>
#include <libdadcam/library/lut_store.hpp>
#include <libdadcam/library/statement.hpp>
#include <libdadcam/recipe/cube.hpp>
#include <libdadcam/time.hpp>
#include <sstream>

namespace dadcam::library {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSelectLuts = "SELECT id, name, path, content_id, created_at FROM luts ";
constexpr std::int64_t kLargest = 512 << 20;  // bytes; the largest table there is has 17 million rows

Lut read_lut(SQLite::Statement& row) {
    return {row.getColumn("id").getInt64(), row.getColumn("name").getString(), row.getColumn("path").getString(),
            row.getColumn("content_id").getString(), row.getColumn("created_at").getString()};
}

std::string read_text(const fs::path& file) {
    if (footage::file_state(file).size_bytes > kLargest) {
        throw Error(Category::usage, fmt::format("{} is too large for a LUT.", file.string()), "Choose a .cube file.");
    }
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) throw Error(Category::input_not_found, fmt::format("{} cannot be read.", file.string()));
    return std::move(text).str();
}

std::string identity_of(const std::string& text) {
    Hash hash;
    hash.add(text);
    return hash.finish();
}

void write_copy(const Library& library, const fs::path& place, const std::string& text) {
    library.make_own_folder(place.parent_path());
    AtomicFile file(place, place.parent_path() / fmt::format(".{}.tmp", place.filename().string()));
    file.write(text);
    file.commit();
}

}  // namespace

Lut add_lut(Library& library, const fs::path& file, const std::string& name) {
    const auto text = read_text(file);
    recipe::check_cube(text);
    const auto content_id = identity_of(text);
    const auto place = lut_place(library, content_id);
    auto same = prepare(library.database(), std::string(kSelectLuts) + "WHERE content_id = ?", content_id);
    const bool known = same.executeStep();
    if (!known && prepare(library.database(), "SELECT 1 FROM luts WHERE name = ?", name).executeStep()) {
        throw Error(Category::general, fmt::format("There is already a LUT named \"{}\".", name),
                    "Give another name with --name.");
    }
    write_copy(library, place, text);  // also when it is known: its copy may have been lost
    if (known) return read_lut(same);
    execute(library.database(),
            "INSERT INTO luts (library_id, name, path, content_id, created_at) VALUES (?, ?, ?, ?, ?)", library.id(),
            name, library.stored(place), content_id, now_utc());
    return find_lut(library, name);
}

std::vector<Lut> all_luts(Library& library) {
    std::vector<Lut> luts;
    SQLite::Statement query(library.database(), std::string(kSelectLuts) + "ORDER BY name");
    while (query.executeStep()) luts.push_back(read_lut(query));
    return luts;
}

Lut find_lut(Library& library, const std::string& name) {
    auto query = prepare(library.database(), std::string(kSelectLuts) + "WHERE name = ?", name);
    if (query.executeStep()) return read_lut(query);
    throw Error(Category::general, fmt::format("There is no LUT named \"{}\".", name),
                "`dadcam lut-list` lists them, `dadcam lut-add FILE` adds one.");
}

fs::path lut_place(const Library& library, const std::string& content_id) {
    const auto digits = hash_digits(content_id);
    if (digits.empty()) {
        throw Error(Category::general, fmt::format("{} is not the content of a LUT.", content_id),
                    "Another program has changed the database. Nothing was read there.");
    }
    return library.folder("luts") / (digits + ".cube");
}

std::string current_lut(Library& library, const std::string& name, const std::string& content_id) {
    const auto place = lut_place(library, content_id);
    const auto lost = [&](const std::string& what) {
        return Error(Category::input_not_found, fmt::format("The LUT \"{}\" {}.", name, what),
                     "Add the same file again with: dadcam lut-add FILE", place.string());
    };
    std::error_code error;
    if (!fs::is_regular_file(fs::symlink_status(place, error))) throw lost("is gone");
    const auto text = read_text(place);
    auto now = identity_of(text);
    if (now == content_id) return now;
    try {
        recipe::check_cube(text);
    } catch (const Error& broken) {
        throw lost(fmt::format("has changed and is no longer a LUT: {}", broken.message()));
    }
    write_copy(library, lut_place(library, now), text);
    execute(library.database(), "UPDATE OR IGNORE luts SET path = ?, content_id = ? WHERE content_id = ?",
            library.stored(lut_place(library, now)), now, content_id);
    return now;
}

}  // namespace dadcam::library
