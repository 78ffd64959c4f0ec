#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include <boost/describe.hpp>

#include <hezar/api.hpp>
#include <hezar/torch/text_encoder_model.hpp>

namespace hezar::torch {

/// How the vectors of a text's tokens become one.
/// @source Reimers and Gurevych 2019, arXiv:1908.10084 sec. 3; sentence-transformers `Pooling`.
struct PoolingFields {
  std::optional<std::string> pooling;
  std::optional<bool> normalize;
  std::optional<std::int64_t> max_seq_length;

  static constexpr std::array kFields = {
      Field("pooling",
            "mean of the tokens' vectors, their max, or the vector of the first token; null: as "
            "the repo's modules.json says, else mean.")
          .one_of("mean|cls|max"),
      Field("normalize", "Whether vectors get length 1; null: as modules.json says, else true."),
      Field("max_seq_length", "Tokens that a text is cut to; null: as many as the encoder takes.")
          .min(1),
  };
};
BOOST_DESCRIBE_STRUCT(PoolingFields, (), (pooling, normalize, max_seq_length))

/// Fills what is null from the files of a sentence-transformers repo (modules.json, the pooling's
/// config.json, sentence_bert_config.json), else with the defaults.
/// @param repo  may be empty: there is none.
/// @throws Error kConfig for modules that this library does not have, naming them.
[[nodiscard]] HEZAR_API PoolingFields resolve_pooling(PoolingFields fields,
                                                      const std::filesystem::path& repo);

/// A model that gives one vector per text. forward gives "last_hidden_state" [batch, tokens,
/// hidden] and "sentence_embedding" [batch, hidden].
class HEZAR_API TextEmbeddingModel : public TextEncoderModel {
 public:
  using Options = EncoderOutputOptions;
  ~TextEmbeddingModel() override;

  /// As any model's, but a pooler that a file holds is not missed.
  [[nodiscard]] WeightsReport load_weights(const StateDict& weights,
                                           const LoadOptions& options) override;
  [[nodiscard]] NamedTensors run(const NamedTensors& inputs,
                                 const boost::json::object& task) const override;
  /// @return a TextEmbedding per text: a view of its row.
  [[nodiscard]] Predictions post_process(const Inputs& inputs, const Outputs& outputs,
                                         const PredictOptions& options) const override;

 protected:
  /// @param pooling  resolved.
  TextEmbeddingModel(const BuildContext& context, const TextEncoderModelOptions& options,
                     PoolingFields pooling);

  [[nodiscard]] const PoolingFields& pooling() const noexcept { return pooling_; }

 private:
  PoolingFields pooling_;
};

}  // namespace hezar::torch
