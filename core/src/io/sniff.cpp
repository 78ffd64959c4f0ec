#include <io/sniff.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include <io/bytes.hpp>

namespace hezar::io {

namespace {

struct Magic {
  std::size_t offset;
  std::string_view bytes;
  std::string_view what;
  std::string_view hint;
};

constexpr std::string_view kResave =
    "Load it in a Python you trust and save it again with torch.save(state_dict, path).";
constexpr std::string_view kDownload = "Download the file itself.";

// The long ones first: the pickle of PyTorch's magic number also begins as any pickle does.
constexpr std::array kMagics = {
    Magic{0, "version https://git-lfs", "a git-lfs pointer, not the weights",
          "Run `git lfs pull`, or download the file itself."},
    Magic{0,
          {"\x80\x02\x8a\x0al\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19", 14},
          "a file in PyTorch's format from before version 1.6",
          kResave},
    Magic{257, "ustar", "a tar archive (PyTorch's oldest format)", kResave},
    Magic{0, "PK\x03\x04", "a zip archive",
          "PyTorch writes such files: give it the extension .pt or .bin."},
    Magic{0, "\x1f\x8b", "a gzip file", "Unpack it first."},
    Magic{0,
          "\xfd"
          "7zXZ",
          "an xz file", "Unpack it first."},
    Magic{0, "\x28\xb5\x2f\xfd", "a zstd file", "Unpack it first."},
    Magic{0, {"\x89HDF\r\n\x1a\n", 8}, "an HDF5 file (Keras)", "Convert it to safetensors."},
    Magic{0, "GGUF", "a GGUF file", "Convert it to safetensors."},
    Magic{0, "\x80\x02", "a bare pickle", kResave},
    Magic{0, "\x80\x03", "a bare pickle", kResave},
    Magic{0, "\x80\x04", "a bare pickle", kResave},
    Magic{0, "\x80\x05", "a bare pickle", kResave},
};

bool is_web_page(std::string_view head) {
  const std::size_t start = head.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return false;
  std::string lower(head.substr(start, 14));
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower.starts_with("<!doctype html") || lower.starts_with("<html") ||
         lower.starts_with("<?xml");
}

}  // namespace

Sniffed sniff(const std::byte* data, std::size_t size) {
  if (size == 0) return {"an empty file", std::string(kDownload)};
  const std::string_view head = as_text(data, std::min<std::size_t>(size, 512));
  for (const Magic& magic : kMagics) {
    if (head.size() < magic.offset) continue;
    if (head.substr(magic.offset).starts_with(magic.bytes))
      return {std::string(magic.what), std::string(magic.hint)};
  }
  if (is_web_page(head)) return {"a web page", std::string(kDownload)};
  const bool safetensors =
      size > 9 && load_little<std::uint64_t>(data) <= size - 8 && static_cast<char>(data[8]) == '{';
  if (safetensors) return {"a safetensors file", "Give it the extension .safetensors."};
  return {};
}

}  // namespace hezar::io
