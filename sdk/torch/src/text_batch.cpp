#include <hezar/torch/text_batch.hpp>

#include <algorithm>
#include <utility>
#include <vector>

#include <hezar/error/error.hpp>
#include <hezar/log/log.hpp>
#include <hezar/module/tokenizer.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::torch {

namespace {

using Rows = std::vector<Integers>;

const Strings& texts_of(const Inputs& raw, std::string_view name, std::string_view model) {
  const Column& column = raw.at(name);
  if (const auto* texts = std::get_if<Strings>(&column)) return *texts;
  throw expected_error(ErrorCode::kValue, text::concat(model, ": ", name), "texts",
                       describe(column));
}

Tensor padded(const Rows& rows, std::size_t width, std::int64_t pad) {
  Tensor out = Tensor::empty(
      {static_cast<std::int64_t>(rows.size()), static_cast<std::int64_t>(width)}, DType::kInt64);
  auto next = out.values<std::int64_t>().begin();
  for (const Integers& row : rows) {
    next = std::copy(row.begin(), row.end(), next);
    next = std::fill_n(next, width - row.size(), pad);
  }
  return out;
}

std::size_t longest(const Rows& rows) {
  std::size_t width = 0;
  for (const Integers& row : rows) width = std::max(width, row.size());
  return width;
}

std::vector<Encoding> encode(const Tokenizer& tokenizer, const Strings& texts, const Strings* pairs,
                             const TextInputOptions& options) {
  std::vector<TokenizerInput> inputs(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    inputs[i].text = texts[i];
    if (pairs != nullptr) inputs[i].pair = pairs->at(i);
  }
  EncodeOptions encode;
  encode.truncation = Truncation::kLongestFirst;
  encode.max_length = options.max_tokens;
  encode.return_tokens = options.return_tokens;
  encode.return_offsets = options.return_tokens;
  return tokenizer.encode_batch(inputs, encode);
}

}  // namespace

const Tokenizer& require_tokenizer(const Preprocessors& preprocessors, std::string_view model) {
  if (const Tokenizer* tokenizer = preprocessors.tokenizer()) return *tokenizer;
  std::vector<std::string> names;
  for (const auto& [name, preprocessor] : preprocessors) names.push_back(name);
  throw expected_error(
      ErrorCode::kDependency, model, "a tokenizer among its preprocessors",
      names.empty() ? "none" : text::concat("only ", text::join(names, ", ")),
      "Its repo needs preprocessor/tokenizer_config.yaml and tokenizer.json, and the plugin "
      "tokenizers must be in a plugin folder");
}

Inputs tokenize_batch(const Preprocessors& preprocessors, const Inputs& raw,
                      const TextInputOptions& options) {
  const Tokenizer& tokenizer = require_tokenizer(preprocessors, options.model);
  Strings texts = texts_of(raw, kRawInputs, options.model);
  const Strings* pairs =
      raw.contains(kRawPairs) ? &texts_of(raw, kRawPairs, options.model) : nullptr;
  if (pairs != nullptr && pairs->size() != texts.size()) {
    throw expected_error(ErrorCode::kValue, text::concat(options.model, ": pairs"),
                         text::concat(texts.size(), ", one per input"),
                         text::concat(pairs->size()));
  }
  const TextNormalizer* normalizer = preprocessors.text_normalizer();
  if (options.normalize && normalizer != nullptr) texts = normalizer->normalize(texts, {});

  Rows ids;
  Rows types;
  std::vector<Strings> tokens;
  std::vector<Spans> offsets;
  for (Encoding& encoding : encode(tokenizer, texts, pairs, options)) {
    const std::string& text = texts[ids.size()];
    if (encoding.ids.empty()) {
      throw expected_error(ErrorCode::kValue, text::concat(options.model, ": input ", ids.size()),
                           "a text with at least one token", "none", "Leave empty texts out");
    }
    if (encoding.truncated) {
      log::warning_once("truncated",
                        text::concat(options.model, ": texts of more than ", options.max_tokens,
                                     " tokens are cut off there; that is all this model can see"));
    }
    if (options.return_tokens) {
      tokens.push_back(tokenizer.readable_tokens(encoding, text));
      offsets.push_back(std::move(encoding.offsets));
    }
    ids.push_back(std::move(encoding.ids));
    types.push_back(std::move(encoding.type_ids));
  }
  Inputs inputs{{"token_ids", std::move(ids)}};
  if (pairs != nullptr) inputs.set("token_type_ids", std::move(types));
  if (options.return_tokens) {
    inputs.set("tokens", std::move(tokens));
    inputs.set("offsets", std::move(offsets));
  }
  return pad_rows(std::move(inputs), options.pad_token_id);
}

Inputs pad_rows(Inputs inputs, std::int64_t pad_token_id) {
  const auto rows_of = [&](std::string_view name) -> const Rows* {
    const Column* column = inputs.find(name);
    return column == nullptr ? nullptr : std::get_if<Rows>(column);
  };
  const Rows* ids = rows_of("token_ids");
  if (ids == nullptr) return inputs;
  const std::size_t width = longest(*ids);
  if (!inputs.contains("attention_mask")) {
    Rows mask;
    for (const Integers& row : *ids) mask.emplace_back(row.size(), 1);
    inputs.set("attention_mask", std::move(mask));
  }
  for (const auto& [name, pad] : {std::pair<std::string, std::int64_t>("token_ids", pad_token_id),
                                  {"token_type_ids", 0},
                                  {"attention_mask", 0}}) {
    const Rows* rows = rows_of(name);
    if (rows == nullptr) continue;
    if (longest(*rows) > width) {
      throw expected_error(ErrorCode::kValue, name, "rows as long as those of token_ids",
                           "longer ones");
    }
    Tensor tensor = padded(*rows, width, pad);
    inputs.set(name, std::move(tensor));
  }
  return inputs;
}

}  // namespace hezar::torch
