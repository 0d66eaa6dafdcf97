#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

/// What the names that cameras, phones, NAS and systems give tell of a file or a folder, whatever the case of their
/// letters. Nothing here looks at the disk. SmallNames are bytes: they need not be UTF-8.
namespace dadcam::footage {

/// Marks a folder as a store of segments: beside it, a folder named by a uuid holds those of a library.
inline constexpr const char* kStoreMark = ".dadcam-store";

/// What lies beside footage and is none, though it may well hold moving pictures.
enum class Kind {
    proxy,          ///< a small copy that a camera or an editor made of a recording
    companion,      ///< the moving part of a photo; a film of which the edited one lies beside it
    menu,           ///< of a DVD, an SVCD or a VCD
    system_folder,  ///< a waste basket, a NAS's thumbnails, what a photo library or dadcam made for itself
    link,           ///< to a folder
};

/// The name printed in JSON, for example "system_folder".
std::string_view name(Kind kind);

/// True when a name has this form: '#' stands for a digit, '?' for a digit, an ASCII letter or '_', all else for
/// itself.
bool has_form(std::string_view name, std::string_view form);

/// ASCII's letters alone.
std::string small_letters(std::string text);

/// The names of all entries of one folder, in small letters.
using SmallNames = std::unordered_set<std::string>;

/// What a folder is: `system_folder`, `proxy` when proxies are what is in it, or nothing. `beside`: its own and its
/// neighbours' names.
std::optional<Kind> kind_of_folder(const std::filesystem::path& folder, const SmallNames& beside);

/// What a file is: `proxy`, `menu`, `companion` or nothing.
std::optional<Kind> kind_of_file(const std::filesystem::path& file, const SmallNames& beside);

/// Photos, sound, documents, and what cameras and programs put beside clips: nobody has to look into them.
bool is_not_footage(const std::filesystem::path& file);

/// Whether it ends as video files do: then it is worth a word when it cannot be read.
bool is_called_video(const std::filesystem::path& file);

/// Whether it lies beside a photo of its name: a live or motion photo's moving part, if it is short; a film beside its
/// poster, if it is long.
bool is_beside_its_photo(const std::filesystem::path& file, const SmallNames& beside);

}  // namespace dadcam::footage
