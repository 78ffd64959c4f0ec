#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace example {

/// The words that a bag of words counts, and their columns.
class Vocabulary {
 public:
  static constexpr char kFilename[] = "vocabulary.txt";

  Vocabulary() = default;
  /// Reads one word a line; a word's column is its line.
  /// @throws hezar::Error kIo, kFormat for a word that is empty or there twice.
  explicit Vocabulary(const std::filesystem::path& file);

  [[nodiscard]] std::int64_t size() const noexcept {
    return static_cast<std::int64_t>(words_.size());
  }

  /// Adds each word of `text` to its column; words that are not in the vocabulary count nowhere.
  /// @param text    UTF-8; words are what stands between whitespace, in lower case.
  /// @param counts  size() elements.
  /// @throws hezar::Error kValue for what is not UTF-8.
  void count(std::string_view text, float* counts) const;

  /// What the constructor reads.
  void save(const std::filesystem::path& file) const;

 private:
  std::vector<std::string> words_;
  std::unordered_map<std::string, std::int64_t> columns_;
};

}  // namespace example
