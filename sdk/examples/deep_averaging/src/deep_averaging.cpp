#include <deep_averaging.hpp>

#include <algorithm>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <ATen/ATen.h>

#include <hezar/plugin.hpp>
#include <hezar/text/utf8.hpp>
#include <hezar/torch/classification.hpp>
#include <hezar/torch/convert.hpp>
#include <hezar/torch/scope.hpp>

namespace example {

namespace torch = hezar::torch;

namespace {

/// FNV-1a, for std::hash may differ between builds and a model's files outlive them.
std::int64_t bucket_of(const std::string& word, std::int64_t buckets) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char byte : word) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
  }
  return static_cast<std::int64_t>(hash % static_cast<std::uint64_t>(buckets));
}

}  // namespace

DeepAveraging::DeepAveraging(Config config, const hezar::BuildContext& context)
    : Configured(std::move(config), context) {
  hezar::check_label_map(config_.id2label, Config::kName);
  const torch::Scope scope(*this);
  const std::int64_t width = config_.hidden_size;
  words_ = scope.embedding("words", config_.buckets, width);
  dropout_ = scope.dropout("dropout", config_.dropout);
  hidden_ = scope.linear("hidden", width, width);
  classifier_ =
      scope.linear("classifier", width, static_cast<std::int64_t>(config_.id2label.size()));
  finish();
}

hezar::Inputs DeepAveraging::preprocess(const hezar::Inputs& raw,
                                        const hezar::PredictOptions&) const {
  std::vector<hezar::Integers> rows;
  std::size_t longest = 1;  // a text without words is one masked place
  for (const std::string& text : raw.strings(hezar::kRawInputs)) {
    if (const auto offset = hezar::text::find_invalid_utf8(text))
      throw hezar::text::invalid_utf8_error("text", text, *offset);
    hezar::Integers& row = rows.emplace_back();
    std::istringstream words(text);
    for (std::string word; words >> word;) row.push_back(bucket_of(word, config_.buckets));
    longest = std::max(longest, row.size());
  }
  const hezar::Shape shape = {static_cast<std::int64_t>(rows.size()),
                              static_cast<std::int64_t>(longest)};
  hezar::Integers ids;
  hezar::Integers mask;
  for (const hezar::Integers& row : rows) {
    ids.insert(ids.end(), row.begin(), row.end());
    ids.resize(ids.size() + longest - row.size(), 0);
    mask.resize(mask.size() + row.size(), 1);
    mask.resize(ids.size(), 0);
  }
  return {{"token_ids", hezar::Tensor::of(ids, shape)},
          {"attention_mask", hezar::Tensor::of(mask, shape)}};
}

torch::NamedTensors DeepAveraging::run(const torch::NamedTensors& inputs,
                                       const boost::json::object&) const {
  const at::Tensor vectors = words_->forward(inputs.require("token_ids"));
  const at::Tensor mask = inputs.require("attention_mask").to(vectors.dtype()).unsqueeze(-1);
  const at::Tensor mean = (vectors * mask).sum(1) / mask.sum(1).clamp_min(1);
  const at::Tensor hidden = at::gelu(hidden_->forward(dropout_->forward(mean)));
  torch::NamedTensors outputs;
  outputs.set("logits", classifier_->forward(hidden));
  return outputs;
}

hezar::Predictions DeepAveraging::post_process(const hezar::Inputs&, const hezar::Outputs& outputs,
                                               const hezar::PredictOptions& options) const {
  const auto wanted = hezar::read_options<Options>(options.task, Config::kName);
  return torch::classify(torch::to_torch(outputs.tensor("logits")), config_.id2label, wanted.top_k);
}

}  // namespace example

// Here and not in a file of its own: a file that includes LibTorch takes ten seconds to compile.
HEZAR_PLUGIN(deep_averaging) {
  registrar.model<example::DeepAveraging>("Classifies texts by the mean of their words' vectors.");
}
