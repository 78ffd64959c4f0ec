#include <persian/utf32.hpp>

#include <hezar/text/utf8.hpp>

namespace hezar::persian {

std::u32string to_utf32(std::string_view valid) {
  std::u32string out;
  out.reserve(valid.size());
  for (std::size_t i = 0; i < valid.size(); i += text::utf8_length(valid[i])) {
    out.push_back(text::decode_utf8(valid.data() + i));
  }
  return out;
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  out.reserve(text.size() * 2);
  for (const char32_t character : text) text::append_utf8(out, character);
  return out;
}

}  // namespace hezar::persian
