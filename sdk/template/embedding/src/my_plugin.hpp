#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include <hezar/config/described.hpp>
#include <hezar/module/embedding.hpp>

struct MyPluginConfig : hezar::EmbeddingConfig {
  static constexpr std::string_view kName = "my_plugin";
  std::int64_t dim = 32;
  std::int64_t min_count = 1;
  std::vector<std::string> words = {"کتاب", "کتابخانه", "باغ"};
  static constexpr std::array kFields = {
      hezar::Field("dim", "Length of a vector.").min(1).max(1 << 16),
      hezar::Field("min_count", "Words that occur less often in training are left out.").min(1),
      hezar::Field("words", "The vocabulary; training replaces it."),
  };
};
BOOST_DESCRIBE_STRUCT(MyPluginConfig, (hezar::EmbeddingConfig), (dim, min_count, words))

/// A word's vector counts its pairs of bytes, so words that look alike lie together, and every word
/// has one. Training learns the vocabulary.
/// @thread const calls are safe; training has one owner.
class MyPlugin : public hezar::Embedding {
 public:
  using Config = MyPluginConfig;

  MyPlugin(Config config, const hezar::BuildContext& context);

  boost::json::object config() const override { return hezar::write_config(config_); }
  hezar::Tensor vectors() const override { return vectors_; }
  std::optional<std::int64_t> index_of(std::string_view word) const override;
  std::string_view word_at(std::int64_t index) const override;
  hezar::Tensor vector(std::string_view word) const override;
  std::vector<Scored> most_similar(std::string_view word, std::int64_t top_n) const override;
  void train(std::span<const std::vector<std::string>> sentences,
             const hezar::PredictOptions& options) override;

 private:
  void build_vectors();

  Config config_;
  std::map<std::string, std::int64_t, std::less<>> index_;
  hezar::Tensor vectors_;  // [words, dim], each of length 1
};
