#include <fmt/format.h>

#include <libdadcam/render/thumbnail.hpp>

namespace dadcam::render {

Thumbnail::Thumbnail(Encoding encoding, std::filesystem::path place, std::filesystem::path temporary,
                     const process::Stop& stop)
    : place_(std::move(place)), file_(place_.path(), std::move(temporary)) {
    encoded_ = std::async(std::launch::async, [this, encoding = std::move(encoding), &stop] {
        return encode(encoding, {{}, {}, [this] { return !unwanted_; }}, stop);
    });
}

Thumbnail::~Thumbnail() {
    unwanted_ = true;
}

std::string Thumbnail::finish(const std::function<void()>& on_wait) {
    constexpr std::chrono::milliseconds kBetweenLooks{100};
    while (encoded_.wait_for(kBetweenLooks) != std::future_status::ready) on_wait();
    try {
        if (const auto encoded = encoded_.get(); encoded.error) throw Error(*encoded.error);
        file_.commit();
        return {};
    } catch (const Error& error) {
        if (error.category() == Category::cancelled) throw;
        return fmt::format("{} {}", error.message(), error.detail());
    }
}

}  // namespace dadcam::render
