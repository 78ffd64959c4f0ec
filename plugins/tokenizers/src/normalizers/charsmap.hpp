#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hezar::tokenizers {

/// The compiled replacement table of a SentencePiece model: a double array of keys, and the texts
/// that replace them, each ended by a zero.
/// @source sentencepiece's normalizer.cc; the array's units are Darts-clone's.
class Charsmap {
 public:
  /// @param bytes   u32 size of the array in bytes, the array (u32 units), the texts;
  /// little-endian.
  /// @param origin  what errors call it.
  /// @throws Error kFormat for sizes, places or texts that contradict each other.
  Charsmap(std::string_view bytes, std::string_view origin);

  struct Match {
    std::size_t length;  ///< of the key, in bytes
    std::string_view replacement;
  };
  /// The shortest key that `text` has at `at`.
  [[nodiscard]] std::optional<Match> find_shortest(std::string_view text,
                                                   std::size_t at) const noexcept;
  /// The first place at or after `at` where a key may match; the size when there is none.
  [[nodiscard]] std::size_t find_candidate(std::string_view text, std::size_t at) const noexcept;

 private:
  void check(std::string_view origin) const;
  void build_first_nodes();
  [[nodiscard]] std::string_view text_at(std::size_t begin) const noexcept;

  /// What the first character of a key leads to: kNothing, kKey, or the node after it.
  static constexpr std::uint32_t kNothing = 0xFFFF'FFFFU;
  static constexpr std::uint32_t kKey = 0xFFFF'FFFEU;
  [[nodiscard]] std::uint32_t walk(std::string_view bytes) const noexcept;

  std::vector<std::uint32_t> units_;
  std::string texts_;
  std::array<std::uint32_t, 0x800> first_nodes_{};  // of the characters of one and two bytes
};

}  // namespace hezar::tokenizers
