#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hezar::yaml {

/// How a string is written.
enum class Style { kPlain, kSingleQuoted, kDoubleQuoted };

/// A string analysed once, to be written as a key or as a value.
/// @source PyYAML 6 `emitter.py` (analyze_scalar, choose_scalar_style), omegaconf 2.3
/// `OmegaConfDumper`.
class StringForm {
 public:
  /// @param is_key  keys lie on one line, and are plain where they are integers.
  StringForm(std::string_view text, bool is_key);

  /// Whether it can be a key in front of its colon; else `? key` is written.
  [[nodiscard]] bool is_simple_key() const noexcept { return is_simple_key_; }

  /// @param indent  of the lines that follow the first.
  [[nodiscard]] std::string render(std::size_t indent) const;

 private:
  void analyze();
  void choose_style();
  [[nodiscard]] std::string single_quoted(std::size_t indent) const;
  [[nodiscard]] std::string double_quoted() const;

  std::u32string text_;
  Style style_ = Style::kPlain;
  bool is_simple_key_ = false;
  bool has_breaks_ = false;
  bool allows_plain_ = true;
  bool allows_single_ = true;
};

}  // namespace hezar::yaml
