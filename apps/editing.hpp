#pragma once

#include <apps/context.hpp>
#include <filesystem>
#include <libdadcam/error.hpp>
#include <string>

namespace dadcam::app {

/// A text that a person edits in a file of its own, which is gone at the end unless it is kept.
class EditedFile {
public:
    explicit EditedFile(const std::string& text);
    ~EditedFile();
    EditedFile(const EditedFile&) = delete;
    EditedFile& operator=(const EditedFile&) = delete;

    /// Opens it in $VISUAL, else $EDITOR, else editor(1), vi(1) or nano(1), and waits for that. Returns the text.
    /// Error(usage) without a terminal, Error(tool_missing), Error(general) when the editor says that it failed.
    std::string edit(const Context& context);
    /// The error, after which the text is still there, and how to go on: `command` and the file.
    Error keep(const Error& error, const std::string& command);

private:
    std::filesystem::path folder_, file_;
    bool kept_ = false;
};

/// A file's contents, or what stands on standard input for "-". Error(input_not_found), Error(usage) for what is too
/// large to be a text that a person has written.
std::string text_to_take(const Context& context, const std::string& file);

}  // namespace dadcam::app
