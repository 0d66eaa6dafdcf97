#include <fmt/format.h>

#include <libdadcam/render/thumbnail.hpp>
#include <system_error>

namespace dadcam::render {

Thumbnail::Thumbnail(Encoding encoding, std::filesystem::path place, std::filesystem::path temporary,
                     const process::Stop& stop)
    : file_(place, std::move(temporary)), place_(std::move(place)) {
    thread_ = std::jthread([this, encoding = std::move(encoding), &stop] {
        encoded_ = encode(encoding, {{}, {}, [this] { return !unwanted_; }}, stop);
    });
}

Thumbnail::~Thumbnail() {
    unwanted_ = true;
    if (thread_.joinable()) thread_.join();
    std::error_code error;
    if (made_ && !keep_) std::filesystem::remove(place_, error);
}

std::string Thumbnail::finish() {
    thread_.join();
    if (encoded_.error) {
        if (encoded_.error->category() == Category::cancelled) throw Error(*encoded_.error);
        return fmt::format("{} {}", encoded_.error->message(), encoded_.error->detail());
    }
    try {
        file_.commit();
        made_ = true;
        return {};
    } catch (const Error& error) {
        return fmt::format("{} {}", error.message(), error.detail());
    }
}

}  // namespace dadcam::render
