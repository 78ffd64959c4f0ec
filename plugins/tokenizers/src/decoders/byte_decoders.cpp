#include <decoders/byte_decoders.hpp>

#include <cstdint>
#include <optional>

#include <hezar/text/utf8.hpp>

#include <text/byte_level.hpp>

namespace hezar::tokenizers {

namespace {

constexpr std::string_view kReplacement = "\uFFFD";

/// Appends the bytes; false, and nothing, where a character stands for none.
/// All such characters have one or two bytes: this loop is what decoding costs.
bool append_bytes(std::string& out, std::string_view token) {
  const std::size_t begin = out.size();
  out.resize(begin + token.size());
  char* to = out.data() + begin;
  for (const char *at = token.data(), *end = at + token.size(); at < end;) {
    const auto lead = static_cast<unsigned char>(*at);
    const char32_t character = lead < 0x80 ? lead : (lead & 0x1FU) << 6U | (at[1] & 0x3FU);
    const int byte = lead < 0xE0 ? byte_level::byte_or_none(character) : -1;
    if (byte < 0) {
      out.resize(begin);
      return false;
    }
    *to++ = static_cast<char>(byte);
    at += lead < 0x80 ? 1 : 2;
  }
  out.resize(static_cast<std::size_t>(to - out.data()));
  return true;
}

/// Bytes of the longest beginning of a character at the start of `text`, at least one.
std::size_t broken_length(std::string_view text) {
  // what may follow a lead byte; the bytes after that are any continuation
  const auto lead = static_cast<unsigned char>(text[0]);
  unsigned low = 0x80;
  unsigned high = 0xBF;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  if (lead < 0xC2 || lead > 0xF4) return 1;
  std::size_t length = 1;
  for (; length < text::utf8_length(text[0]) && length < text.size(); ++length) {
    const auto byte = static_cast<unsigned char>(text[length]);
    if (byte < low || byte > high) break;
    low = 0x80;
    high = 0xBF;
  }
  return length;
}

std::optional<unsigned> digit(char character) {
  if (character >= '0' && character <= '9') return character - '0';
  if (character >= 'a' && character <= 'f') return character - 'a' + 10;
  if (character >= 'A' && character <= 'F') return character - 'A' + 10;
  return std::nullopt;
}

/// The byte of `<0x61>`; as in the reference a plus may stand for the first digit.
std::optional<char> byte_of(std::string_view token) {
  if (token.size() != 6 || !token.starts_with("<0x") || token[5] != '>') return std::nullopt;
  const auto high = token[3] == '+' ? std::optional<unsigned>(0) : digit(token[3]);
  const auto low = digit(token[4]);
  if (!high || !low) return std::nullopt;
  return static_cast<char>(*high << 4U | *low);
}

}  // namespace

void ByteLevelDecoder::apply(const TokenTexts& tokens, TokenTexts& out) const {
  std::string bytes;
  bytes.reserve(tokens.joined().size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!append_bytes(bytes, tokens[i])) bytes += tokens[i];
  }
  std::string_view rest = bytes;
  std::string& text = out.open();
  text.reserve(bytes.size());
  while (const auto invalid = text::find_invalid_utf8(rest)) {
    text.append(rest.substr(0, *invalid)).append(kReplacement);
    rest.remove_prefix(*invalid);
    rest.remove_prefix(broken_length(rest));
  }
  text += rest;
  out.close();
}

void ByteFallback::apply(const TokenTexts& tokens, TokenTexts& out) const {
  out.reserve(tokens.size(), tokens.joined().size());
  std::string bytes;  // of the run of byte tokens before this one
  const auto close_run = [&] {
    if (bytes.empty()) return;
    if (!text::find_invalid_utf8(bytes)) {
      out.add(bytes);
    } else {
      for (std::size_t i = 0; i < bytes.size(); ++i) out.add(kReplacement);
    }
    bytes.clear();
  };
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (const auto byte = byte_of(tokens[i])) {
      bytes.push_back(*byte);
      continue;
    }
    close_run();
    out.add(tokens[i]);
  }
  close_run();
}

}  // namespace hezar::tokenizers
