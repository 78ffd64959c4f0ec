#include <decoders/byte_decoders.hpp>

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
    const int byte = lead < 0xE0 ? byte_level::byte_or_none(text::decode_utf8(at)) : -1;
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
  if (text::find_invalid_utf8(bytes)) bytes = text::replace_invalid_utf8(bytes);
  out.add(bytes);
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
