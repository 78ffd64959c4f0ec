#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <hezar/api.hpp>
#include <hezar/module/preprocessor.hpp>
#include <hezar/tensor/columns.hpp>

namespace hezar::torch {

/// How a model wants its texts.
struct TextInputOptions {
  std::string model;  ///< its name, for messages
  std::int64_t max_tokens = 512;
  std::int64_t pad_token_id = 0;
  bool normalize = true;       ///< with the repo's text_normalizer, where there is one
  bool return_tokens = false;  ///< adds the columns "tokens" and "offsets", lists per row
};

/// @param model  its name, for messages.
/// @throws Error kDependency where there is none.
[[nodiscard]] HEZAR_API const Tokenizer& require_tokenizer(const Preprocessors& preprocessors,
                                                           std::string_view model);

/// Texts to "token_ids" and "attention_mask", int64 [rows, longest], padded on the right; for pairs
/// of texts "token_type_ids" too. Texts of more than max_tokens are cut, which is said once.
/// @param raw  the column "inputs": texts; "pairs": second texts.
/// @throws Error kDependency without a tokenizer, kValue for inputs that are no texts and for a
/// text without tokens.
[[nodiscard]] HEZAR_API Inputs tokenize_batch(const Preprocessors& preprocessors, const Inputs& raw,
                                              const TextInputOptions& options);

/// Rows of unequal length as rectangles: "token_ids" (padded with pad_token_id), "token_type_ids"
/// and "attention_mask" (padded with 0) given as lists become int64 [rows, longest]. Without a
/// mask, list rows get one. Tensors stay as they are.
[[nodiscard]] HEZAR_API Inputs pad_rows(Inputs inputs, std::int64_t pad_token_id);

}  // namespace hezar::torch
