#pragma once

#include <string>
#include <vector>

#include <boost/json.hpp>

namespace hezar::tokenizers {

/// Makes `special_tokens` the first added tokens of a tokenizer.json whose model was just learnt;
/// those that it had already keep their flags, and its other added tokens come after them. Ids,
/// also those that the post-processor gives to tokens, become those of the new vocabulary.
void replace_special_tokens(boost::json::object& tokenizer,
                            const std::vector<std::string>& special_tokens);

}  // namespace hezar::tokenizers
