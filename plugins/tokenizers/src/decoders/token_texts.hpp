#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hezar::tokenizers {

/// The texts of some tokens, one after another in one buffer, so that a token costs no allocation.
class TokenTexts {
 public:
  void add(std::string_view token) {
    text_.append(token);
    close();
  }
  /// The buffer, to write a token at its end; close() ends the token.
  [[nodiscard]] std::string& open() noexcept { return text_; }
  void close() { ends_.push_back(text_.size()); }

  void reserve(std::size_t tokens, std::size_t bytes) {
    ends_.reserve(tokens);
    text_.reserve(bytes);
  }
  void clear() noexcept {
    text_.clear();
    ends_.clear();
  }

  [[nodiscard]] std::size_t size() const noexcept { return ends_.size(); }
  [[nodiscard]] std::string_view operator[](std::size_t index) const noexcept {
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(text_).substr(begin, ends_[index] - begin);
  }
  /// All of them.
  [[nodiscard]] std::string_view joined() const noexcept { return text_; }
  [[nodiscard]] std::string take() && noexcept { return std::move(text_); }

 private:
  std::string text_;
  std::vector<std::size_t> ends_;
};

}  // namespace hezar::tokenizers
