#include <fmt/format.h>

#include <libdadcam/ffmpeg/picture.hpp>
#include <libdadcam/process/input.hpp>
#include <libdadcam/process/tools.hpp>
#include <libdadcam/render/copied.hpp>
#include <libdadcam/render/edits.hpp>
#include <libdadcam/render/parts.hpp>
#include <map>
#include <tuple>

namespace dadcam::render {
namespace {

namespace fs = std::filesystem;

class Parts {
public:
    Parts(const AssemblyJob& job, const ffmpeg::Film& film, const fs::path& folder, const AssemblyListener& listener)
        : job_(job), film_(film), folder_(folder), listener_(listener) {}

    ffmpeg::CopiedFile file_of(std::size_t index) {
        const auto& item = job_.plan.items[index];
        if (job_.plan.copied[index].in_own_file) {
            return {process::quoted(input_names(job_.library)(job_.snapshot.inputs[item.source.clip])),
                    ffmpeg::lead_in_us(timeline::facts_of(item.source, job_.snapshot.inputs))};
        }
        const auto& part = job_.plan.copied[index].part;
        const auto [made, is_new] =
            made_.try_emplace({timeline::content_of(item.source, job_.snapshot.inputs), part.from, part.until},
                              folder_ / fmt::format("pictures_{}", made_.size()));
        if (is_new) make(index, made->second);
        return {process::quoted(process::as_input(made->second)), 0};
    }

private:
    void make(std::size_t index, const fs::path& file) const {
        const auto& item = job_.plan.items[index];
        const auto& snapshot = job_.snapshot;
        const auto output = process::as_input(file);
        const auto& pictures = snapshot.pictures.at(timeline::content_of(item.source, snapshot.inputs));
        const auto arguments =
            ffmpeg::part_arguments(film_, item, job_.plan.copied[index].part, pictures.first_pts,
                                   input_names(job_.library)(snapshot.inputs[item.source.clip]), output);
        const auto size = [&] {
            std::error_code error;
            const auto bytes = fs::file_size(file, error);
            return error ? 0 : static_cast<std::int64_t>(bytes);
        };
        const auto encoded = encode(
            encoding_of(job_.tools, job_.options, arguments, output),
            {[&](const ffmpeg::ProgressReport&) { listener_.on_news(); }, size, listener_.keep_going}, job_.stop);
        if (!encoded.log.empty()) listener_.log(encoded.success() ? "warn" : "error", encoded.log);
        if (encoded.error) throw Error(*encoded.error);
        show_first_pictures(file);
        const auto why = difference(picture_times(file), 0, snapshot, job_.plan, index);
        if (why.empty()) return;
        throw Error(Category::encoding_error,
                    fmt::format("ffmpeg does not copy a part of {} picture by picture.",
                                timeline::name_of(item.source, snapshot.inputs)),
                    "Show all of the clip, or use the preset share or archive.", why);
    }

    const AssemblyJob& job_;
    const ffmpeg::Film& film_;
    const fs::path& folder_;
    const AssemblyListener& listener_;
    std::map<std::tuple<std::string, std::int64_t, std::int64_t>, fs::path> made_;
};

}  // namespace

std::vector<ffmpeg::CopiedFile> files_to_copy(const AssemblyJob& job, const ffmpeg::Film& film, const fs::path& folder,
                                              const AssemblyListener& listener) {
    Parts parts(job, film, folder, listener);
    std::vector<ffmpeg::CopiedFile> files;
    for (std::size_t index = 0; index < job.plan.items.size(); ++index) files.push_back(parts.file_of(index));
    return files;
}

}  // namespace dadcam::render
