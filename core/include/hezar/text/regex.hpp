#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <hezar/api.hpp>
#include <hezar/text/unicode.hpp>

namespace hezar::text {

/// A regular expression with the syntax and the meaning of the reference's `Regex`: Oniguruma over
/// UTF-8. Work and memory of a search are bounded, so no pattern hangs or crashes.
/// @thread searching one object from several threads is safe.
class HEZAR_API Regex {
 public:
  /// @param origin  what errors call the pattern: a key path of a file.
  /// @param max_time  what searching one text may take, roughly.
  /// @throws Error kConfig quoting the pattern and Oniguruma's reason.
  Regex(std::string_view pattern, std::string_view origin,
        std::chrono::milliseconds max_time = std::chrono::seconds(5));
  ~Regex();
  Regex(Regex&&) noexcept;
  Regex& operator=(Regex&&) noexcept;

  [[nodiscard]] const std::string& pattern() const noexcept;

  /// The matches from left to right; they do not overlap. An empty match right after another match
  /// does not count.
  /// @throws Error kValue when the pattern backtracks without bound on this text.
  [[nodiscard]] std::vector<ByteRange> find_all(std::string_view text) const;

  /// Every match replaced by `replacement`, taken literally.
  [[nodiscard]] std::string replace_all(std::string_view text, std::string_view replacement) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hezar::text
