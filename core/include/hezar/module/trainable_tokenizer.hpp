#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include <hezar/api.hpp>

namespace hezar {

/// Texts to learn from, one a call: puts the next into `text`, or returns false at the end. What
/// `text` held before may be overwritten, so its memory can be used again.
using TextSource = std::function<bool(std::string& text)>;

/// Called with the name of a stage ("reading", "merges", ...), what of it is done and the total (0
/// when unknown); from the calling thread.
using TrainingProgress =
    std::function<void(std::string_view stage, std::int64_t done, std::int64_t total)>;

/// One training of a tokenizer.
struct TokenizerTraining {
  /// Fields of the tokenizer's config by name (vocab_size, min_frequency, ...), as typed by a user;
  /// they become its config. An unknown one is an error that names the nearest.
  boost::json::object overrides;
  /// First in the vocabulary, in this order. Nothing: the role tokens of the config, then its
  /// additional special tokens.
  std::optional<std::vector<std::string>> special_tokens;
  int threads = 1;       ///< never changes the result
  std::stop_token stop;  ///< ends in Error kCancelled
  TrainingProgress progress;
};

/// A tokenizer that can learn its vocabulary: `tokenizer.as<TrainableTokenizer>()`.
class HEZAR_API TrainableTokenizer {
 public:
  static constexpr std::string_view kInterfaceId = "hezar.TrainableTokenizer/1";
  virtual ~TrainableTokenizer();

  /// Replaces vocabulary and special tokens by what `texts` teach; normalizer, splitting and
  /// decoding stay. Where it throws, the tokenizer is as it was.
  /// @throws Error kConfig for options that cannot be used, kValue for texts that are no UTF-8 or
  /// hold no word, kCancelled.
  /// @thread one owner while it runs.
  virtual void train(const TextSource& texts, const TokenizerTraining& how) = 0;
};

}  // namespace hezar
