#include <fmt/format.h>

#include <libdadcam/ffmpeg/command.hpp>
#include <libdadcam/ffmpeg/contact_sheet.hpp>
#include <libdadcam/ffmpeg/filters.hpp>
#include <libdadcam/ffmpeg/reading.hpp>
#include <libdadcam/process/input.hpp>

namespace dadcam::ffmpeg {
namespace {

Reading first_frame_of(const Film& film, std::size_t item) {
    return readings_of(film, {item, {}, {1}}).back();
}

/// One chain a picture, and all of them beside each other.
std::string strip_graph(const Film& film) {
    std::string chains, pictures;
    std::size_t input = 0;
    for (std::size_t item = 0; item < film.items.size(); ++item) {
        const auto reading = first_frame_of(film, item);
        auto stream = pictures_in(film, reading, input);
        footage::Clip clip;
        clip.facts = std::move(stream.facts);
        chains += fmt::format("[{}]{},setpts=0[v{}];", stream.name,
                              picture_chain(clip, reading.window, film.format, film.look, film.preset.pixel_format,
                                            fmt::format("p{}", item)),
                              item);
        pictures += fmt::format("[v{}]", item);
        input += reading.inputs();
    }
    if (film.items.size() > 1) pictures += fmt::format("hstack=inputs={},", film.items.size());
    return fmt::format("{}{}scale=out_range=pc[v]", chains, pictures);
}

Arguments jpeg(const std::string& graph, const std::string& output) {
    Arguments arguments{"-filter_complex_threads", "1", "-filter_complex", graph, "-map", "[v]", "-frames:v", "1"};
    add(arguments,
        {"-c:v", "mjpeg", "-pix_fmt", "yuv420p", "-color_range", "pc", "-strict", "unofficial", "-q:v", "4"});
    add(arguments, bare_output());
    add(arguments, {"-f", "image2", "-update", "1", output});
    return arguments;
}

/// White, with the strip at its upper left and the text below; both cut where they are too wide.
std::string row_chain(const SheetRow& row, std::size_t index, std::size_t input, const std::string& font_file) {
    constexpr int kMargin = 8, kFont = 18;
    const auto picture =
        row.strip.empty()
            ? fmt::format("color=c=0xdddddd:s={}x{},trim=end_frame=1", kRowWidth - 2 * kMargin, kRowHeight - 36)
            : fmt::format("[{}:v:0]scale=w=min({}\\,iw):h=-2:force_original_aspect_ratio=decrease", input,
                          kRowWidth - 2 * kMargin);
    return fmt::format(
        "{},format=yuv444p,setsar=1,pad=w={}:h={}:x={}:y={}:color=white,"
        "drawtext=fontfile={}:expansion=none:text={}:fontsize={}:fontcolor=black:x={}:y={}-ascent,setpts=0[r{}];",
        picture, kRowWidth, kRowHeight, kMargin, kMargin / 2, escaped(font_file), escaped(row.text), kFont, kMargin,
        kRowHeight - 10, index);
}

}  // namespace

std::vector<std::string> strip_arguments(const Film& film, const InputName& name_of, const std::string& output) {
    Arguments arguments = common();
    for (std::size_t item = 0; item < film.items.size(); ++item) {
        const auto reading = first_frame_of(film, item);
        add(arguments, inputs_of(film, reading, name_of(*reading.clip)));
    }
    add(arguments, {"-max_error_rate", "1"});
    add(arguments, jpeg(strip_graph(film), output));
    return arguments;
}

std::set<std::string> filters_of_strip(const Film& film) {
    return filters_in(strip_graph(film));
}

std::vector<std::string> sheet_arguments(std::span<const SheetRow> rows, int columns, const std::string& font_file,
                                         const std::string& output) {
    Arguments arguments = common();
    std::string graph, names, layout;
    std::size_t input = 0;
    for (std::size_t index = 0; index < rows.size(); ++index) {
        graph += row_chain(rows[index], index, input, font_file);
        if (!rows[index].strip.empty()) {
            ++input;
            add(arguments, process::held_to("image2,jpeg_pipe,mjpeg"));
            add(arguments, {"-f", "image2", "-pattern_type", "none", "-i", rows[index].strip});
        }
        names += fmt::format("[r{}]", index);
        const auto column = index % static_cast<std::size_t>(columns), line = index / static_cast<std::size_t>(columns);
        layout += fmt::format("{}{}_{}", index == 0 ? "" : "|", column * kRowWidth, line * kRowHeight);
    }
    if (rows.size() > 1) names += fmt::format("xstack=inputs={}:layout={}:fill=white,", rows.size(), layout);
    add(arguments, jpeg(fmt::format("{}{}scale=out_range=pc[v]", graph, names), output));
    return arguments;
}

}  // namespace dadcam::ffmpeg
