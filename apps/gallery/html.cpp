#include <fmt/format.h>

#include <apps/gallery/html.hpp>
#include <apps/gallery/look.hpp>
#include <apps/render/format.hpp>

namespace dadcam::app::gallery {

std::string text(std::string_view bytes) {
    std::string html;
    for (const char c : printable(bytes)) {
        switch (c) {
            case '&':
                html += "&amp;";
                break;
            case '<':
                html += "&lt;";
                break;
            case '>':
                html += "&gt;";
                break;
            case '"':
                html += "&quot;";
                break;
            case '\'':
                html += "&#39;";
                break;
            default:
                html += c;
        }
    }
    return html;
}

std::string address(const std::filesystem::path& file, const std::filesystem::path& folder) {
    static constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    std::string coded;
    for (const char c : file.lexically_relative(folder).string()) {
        if (kPlain.find(c) != std::string_view::npos)
            coded += c;
        else
            coded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return coded;
}

std::string page(const Frame& frame, const std::vector<Link>& links, std::string_view body) {
    std::string ways;
    for (const auto& link : links)
        ways += fmt::format("<a href=\"{}\"{}>{}</a>\n", link.address, link.here ? " aria-current=page" : "",
                            text(link.words));
    return fmt::format(R"(<!doctype html>
{}
<html lang="en"><head><meta charset="utf-8"><title>{}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src file:; media-src file:; )"
                       R"(style-src 'nonce-{}'; script-src 'nonce-{}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">
{}<style nonce="{}">{}</style></head><body{}>
<header><h1>{}</h1><nav aria-label="Pages">{}</nav></header>
<main>
{}</main>
<p id="said" role="status"></p>
<script nonce="{}">{}</script></body></html>
)",
                       frame.marker, text(frame.title), frame.nonce, frame.nonce,
                       frame.refreshes ? "<noscript><meta http-equiv=\"refresh\" content=\"10\"></noscript>\n" : "",
                       frame.nonce, kStyle, frame.refreshes ? " data-live" : "", text(frame.library), ways, body,
                       frame.nonce, kScript);
}

}  // namespace dadcam::app::gallery
