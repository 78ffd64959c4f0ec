#include <plugin/printable.hpp>

#include <hezar/text/utf8.hpp>

namespace hezar::plugin {

namespace {

/// Bytes of the character at the start of `text`; 0: there is none, or one of control.
std::size_t character_length(std::string_view text) {
  const std::string_view first = text.substr(0, text::utf8_length(text[0]));
  if (text::find_invalid_utf8(first)) return 0;
  const char32_t character = text::decode_utf8(first.data());
  const bool is_control = character < 0x20 || (character >= 0x7F && character < 0xA0);
  return is_control ? 0 : first.size();
}

}  // namespace

std::string printable(std::string_view text, std::size_t max_bytes) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
  std::string out;
  while (!text.empty() && out.size() < max_bytes) {
    const std::size_t length = character_length(text);
    if (length == 0) {
      const bool space = text[0] == '\n' || text[0] == '\t' || text[0] == '\r';
      out += space ? ' ' : '?';
      text.remove_prefix(1);
    } else {
      out += text.substr(0, length);
      text.remove_prefix(length);
    }
  }
  return text.empty() ? out : out + "...";
}

}  // namespace hezar::plugin
