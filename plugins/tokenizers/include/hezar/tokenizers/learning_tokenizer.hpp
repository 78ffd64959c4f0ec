#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include <boost/json.hpp>

#include <hezar/config/described.hpp>
#include <hezar/module/trainable_tokenizer.hpp>
#include <hezar/tokenizers/bpe_config.hpp>
#include <hezar/tokenizers/engine.hpp>
#include <hezar/tokenizers/engine_tokenizer.hpp>
#include <hezar/tokenizers/sentencepiece_config.hpp>
#include <hezar/tokenizers/tokenizer_config.hpp>
#include <hezar/tokenizers/training.hpp>

namespace hezar {

namespace tokenizers {

/// What the configs say of training, as the reference's `train` reads them; the special tokens are
/// the role tokens in the order of the type, then the additional ones.
[[nodiscard]] TrainingOptions training_options(const WordPieceConfig& config);
[[nodiscard]] TrainingOptions training_options(const BpeConfig& config);
[[nodiscard]] TrainingOptions training_options(const SentencePieceBpeConfig& config);
[[nodiscard]] TrainingOptions training_options(const SentencePieceUnigramConfig& config);

}  // namespace tokenizers

/// A registered tokenizer over an engine, with a config of the type C, that can learn its
/// vocabulary.
/// @thread const members are safe for concurrent calls on one object.
template <class C>
class LearningTokenizer : public EngineTokenizer, public TrainableTokenizer {
 public:
  using Config = C;

  [[nodiscard]] boost::json::object config() const override { return write_config(config_); }

  /// As the reference's `train_from_iterator`; over tokenizers::lines_of(files), its `train`.
  void train(const TextSource& texts, const TokenizerTraining& how) override {
    auto changed = read_config<C>({write_config(config_), how.overrides, std::string(C::kName)});
    learn(texts, how, changed, tokenizers::training_options(changed));
    config_ = std::move(changed);
  }

  [[nodiscard]] void* interface(std::string_view id) noexcept override {
    if (id == TrainableTokenizer::kInterfaceId) return static_cast<TrainableTokenizer*>(this);
    return EngineTokenizer::interface(id);
  }

 protected:
  /// @param recipe  the tokenizer.json of a tokenizer without a repo, of its config.
  LearningTokenizer(Config config, const BuildContext& context,
                    const std::function<boost::json::object(const C& config)>& recipe)
      : EngineTokenizer(config, context, [&] { return recipe(config); }),
        config_(std::move(config)) {}

  LearningTokenizer(Config config, tokenizers::Engine engine)
      : EngineTokenizer(config, std::move(engine)), config_(std::move(config)) {}

  Config config_;
};

}  // namespace hezar
