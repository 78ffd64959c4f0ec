#include <normalizers/charsmap.hpp>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>

namespace hezar::tokenizers {

namespace {

constexpr std::uint32_t kLeaf = 1U << 31U;

bool has_leaf(std::uint32_t unit) {
  return (unit >> 8U & 1U) != 0;
}
/// What the step to the children changes of a node's place.
std::uint32_t offset_of(std::uint32_t unit) {
  return (unit >> 10U) << ((unit & 1U << 9U) >> 6U);
}
/// The byte that leads to this unit; a leaf has none.
std::uint32_t label_of(std::uint32_t unit) {
  return unit & (kLeaf | 0xFFU);
}

std::uint32_t read_u32(std::string_view bytes, std::size_t at) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    out |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << 8U * i;
  }
  return out;
}

[[noreturn]] void fail(std::string_view origin, std::string_view expected, std::string_view got) {
  throw expected_error(ErrorCode::kFormat, origin, expected, got,
                       "The table of the SentencePiece model is damaged.");
}

}  // namespace

Charsmap::Charsmap(std::string_view bytes, std::string_view origin) {
  if (bytes.size() < 8) fail(origin, "at least 8 bytes", text::concat(bytes.size()));
  const std::size_t array_bytes = read_u32(bytes, 0);
  if (array_bytes < 4 || array_bytes % 4 != 0 || array_bytes > bytes.size() - 4) {
    fail(origin, text::concat("an array of at most ", bytes.size() - 4, " bytes, in units of 4"),
         text::concat(array_bytes));
  }
  units_.reserve(array_bytes / 4);
  for (std::size_t at = 4; at < 4 + array_bytes; at += 4) units_.push_back(read_u32(bytes, at));
  texts_ = bytes.substr(4 + array_bytes);
  if (const auto invalid = text::find_invalid_utf8(texts_)) {
    throw text::invalid_utf8_error(origin, texts_, *invalid);
  }
  check(origin);
  build_first_nodes();
}

/// Makes sure that every leaf is where its node says and leads to a text. Steps beyond the array
/// are looked at when they are taken.
void Charsmap::check(std::string_view origin) const {
  for (std::size_t i = 0; i < units_.size(); ++i) {
    const std::uint32_t unit = units_[i];
    if ((unit & kLeaf) != 0) {
      const std::size_t text = unit & ~kLeaf;
      if (text < texts_.size() && !text::is_utf8_continuation(texts_[text])) continue;
      fail(origin, text::concat("a text among ", texts_.size(), " bytes"),
           text::concat("one at ", text));
    }
    if (!has_leaf(unit)) continue;
    const std::size_t leaf = i ^ offset_of(unit);
    if (leaf >= units_.size() || (units_[leaf] & kLeaf) == 0) {
      fail(origin, text::concat("a replacement for the node ", i), "none");
    }
  }
}

std::uint32_t Charsmap::walk(std::string_view bytes) const noexcept {
  std::size_t node = offset_of(units_[0]);
  for (const char byte : bytes) {
    const auto label = static_cast<unsigned char>(byte);
    node ^= label;
    if (label == 0 || node >= units_.size() || label_of(units_[node]) != label) return kNothing;
    if (has_leaf(units_[node])) return kKey;
    node ^= offset_of(units_[node]);
  }
  return static_cast<std::uint32_t>(node);
}

void Charsmap::build_first_nodes() {
  for (char32_t character = 0; character < first_nodes_.size(); ++character) {
    char bytes[4];
    first_nodes_[character] = walk({bytes, text::encode_utf8(character, bytes)});
  }
}

std::string_view Charsmap::text_at(std::size_t begin) const noexcept {
  const std::size_t end = texts_.find('\0', begin);
  return std::string_view(texts_).substr(begin, end == std::string::npos ? end : end - begin);
}

std::optional<Charsmap::Match> Charsmap::find_shortest(std::string_view text,
                                                       std::size_t at) const noexcept {
  std::size_t node = offset_of(units_[0]);
  for (std::size_t next = at; next < text.size(); ++next) {
    const auto label = static_cast<unsigned char>(text[next]);
    node ^= label;
    if (label == 0 || node >= units_.size()) return std::nullopt;
    const std::uint32_t unit = units_[node];
    if (label_of(unit) != label) return std::nullopt;
    node ^= offset_of(unit);
    if (has_leaf(unit)) return Match{next + 1 - at, text_at(units_[node] & ~kLeaf)};
  }
  return std::nullopt;
}

// Most characters of most texts are no key, but begin keys (a letter and its accent). One look at
// what the character leads to and one at the next byte tell nearly all of them apart.
std::size_t Charsmap::find_candidate(std::string_view text, std::size_t at) const noexcept {
  const auto byte_at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  while (at < text.size()) {
    const unsigned byte = byte_at(at);
    if (byte >= 0xE0) {
      if (find_shortest(text, at)) return at;
      at += text::utf8_length(text[at]);
      continue;
    }
    const std::size_t next = at + (byte < 0x80 ? 1 : 2);
    const std::uint32_t first =
        first_nodes_[byte < 0x80 ? byte : (byte & 0x1FU) << 6U | (byte_at(at + 1) & 0x3FU)];
    if (first == kKey) return at;
    if (first != kNothing && next < text.size()) {
      const std::size_t node = first ^ byte_at(next);
      const bool may_go_on = node < units_.size() && label_of(units_[node]) == byte_at(next);
      if (may_go_on && find_shortest(text, at)) return at;
    }
    at = next;
  }
  return at;
}

}  // namespace hezar::tokenizers
