#pragma once

#include <string>

#include <pre_tokenizers/pre_tokenizer.hpp>

namespace hezar::tokenizers {

struct MetaspaceOptions {
  enum class Prepend { kAlways, kFirst, kNever };

  char32_t replacement = U'\u2581';
  Prepend prepend = Prepend::kAlways;
  bool split = true;
};

/// Writes spaces as a visible character, puts one in front, and begins a piece at each.
/// @source Kudo and Richardson 2018 (SentencePiece), arXiv:1808.06226.
class Metaspace final : public PreTokenizer {
 public:
  explicit Metaspace(const MetaspaceOptions& options);
  void apply(PreTokenized& text) const override;
  [[nodiscard]] bool splits_at_spaces() const noexcept override { return options_.split; }
  [[nodiscard]] bool needs_sources() const noexcept override {
    return options_.prepend == MetaspaceOptions::Prepend::kFirst;
  }

 private:
  class Writer;

  MetaspaceOptions options_;
  std::string mark_;  // the replacement in UTF-8
};

}  // namespace hezar::tokenizers
