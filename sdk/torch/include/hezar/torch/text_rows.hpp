#pragma once

#include <hezar/api.hpp>
#include <hezar/module/prediction.hpp>
#include <hezar/tensor/columns.hpp>

namespace hezar::torch {

/// A backbone's outputs, text by text, without padding: "last_hidden_state" [tokens, hidden] and,
/// where there, "hidden_states" (likewise, a list) and "attentions" ([heads, tokens, tokens]).
/// Views of the batch's tensors.
/// @param inputs  what forward got; "attention_mask" says how long each text is.
[[nodiscard]] HEZAR_API Predictions token_rows(const Inputs& inputs, const Outputs& outputs);

}  // namespace hezar::torch
