#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <ATen/ATen.h>

#include <hezar/api.hpp>
#include <hezar/torch/activation.hpp>
#include <hezar/torch/layers.hpp>
#include <hezar/torch/scope.hpp>

namespace hezar::torch {

/// What a family calls the layers of its masked language head.
struct MaskedLanguageHeadNames {
  std::string_view dense;
  std::string_view layer_norm;
  std::string_view decoder;
  /// Files keep a "bias" beside these layers, which the decoder's is tied to.
  bool has_own_bias = false;
};

struct MaskedLanguageHeadOptions {
  MaskedLanguageHeadNames names;
  std::int64_t hidden_size = 0;
  std::int64_t vocab_size = 0;
  std::string activation = "gelu";
  double layer_norm_eps = 1e-12;
};

/// decoder(norm(act(dense(h)))): a score for every token of the vocabulary. The decoder's weight is
/// the table of word embeddings unless a file says otherwise (see Model::ties).
/// @source Devlin et al. 2018, arXiv:1810.04805 sec. 3.1.
class HEZAR_API MaskedLanguageHead {
 public:
  /// @param path  where its layers and its own bias register, below `scope`.
  MaskedLanguageHead(const Scope& scope, std::string_view path,
                     const MaskedLanguageHeadOptions& options);

  /// @param hidden  [..., hidden]; the result is [..., vocab].
  [[nodiscard]] at::Tensor forward(const at::Tensor& hidden) const;

 private:
  // The order of the members is the order of the state dict.
  std::shared_ptr<Layer> bias_;
  std::shared_ptr<Linear> dense_;
  std::shared_ptr<LayerNorm> layer_norm_;
  std::shared_ptr<Linear> decoder_;
  Activation activation_;
};

}  // namespace hezar::torch
