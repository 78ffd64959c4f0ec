#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hezar::persian {

/// What the steps must not take apart, while they run: addresses and numbers with marks inside are
/// replaced by one character each, which the steps see as a word and as a digit.
class Kept {
 public:
  /// A text that already has these characters is left as it is.
  void take_out(std::u32string& text);
  /// @param numbers  Persian digits in what is put back.
  /// @param style    the Persian decimal sign in what is put back.
  void put_back(std::u32string& text, bool numbers, bool style) const;

 private:
  std::vector<std::u32string> parts_;
};

}  // namespace hezar::persian
