// Stands in for libFuzzer in an ordinary build: runs a target over every file of a corpus.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// A trap says nothing of itself: the name is printed before the run, where it is seen even then.
void replay(const fs::path& file) {
    std::fprintf(stderr, "%s\n", file.filename().c_str());
    const std::string bytes = read(file);
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

int replay_all(const fs::path& folder) {
    int files = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        replay(entry.path());
        ++files;
    }
    return files;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2 || !fs::is_directory(argv[1])) {
        std::fprintf(stderr, "usage: %s CORPUS-FOLDER\n", argv[0]);
        return 2;
    }
    const int files = replay_all(argv[1]);
    std::printf("%d files\n", files);
    return files > 0 ? 0 : 1;
}
