#include <io/printable.hpp>

#include <cstddef>
#include <cstdio>

#include <hezar/text/utf8.hpp>

namespace hezar::io {

std::string printable(std::string_view name) {
  constexpr std::size_t kMaxBytes = 80;
  const bool cut = name.size() > kMaxBytes;
  name = text::clip_utf8(name, kMaxBytes);
  const bool readable = !text::find_invalid_utf8(name);
  std::string out = "\"";
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F || (byte >= 0x80 && !readable)) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\x%02x", byte);
      out += escape;
    } else {
      out += c;
    }
  }
  return out + (cut ? "...\"" : "\"");
}

}  // namespace hezar::io
