#pragma once

#include <string_view>

#include <boost/json.hpp>

#include <repo/sentencepiece_model.hpp>
#include <repo/settings.hpp>

/// What Transformers' tokenizer classes make of a vocabulary. Each takes the settings of the repo
/// and gives a whole tokenizer.json.
/// @source transformers 5.3.0
namespace hezar::tokenizers {

enum class Family { kNone, kBert, kGpt2, kRoberta, kT5, kXlmRoberta, kLlama };

/// The family of a tokenizer class, or where none is named of a model type; kNone: the file
/// decides.
/// @throws Error kFormat for a class that is not known.
[[nodiscard]] Family family_of(const RepoSettings& settings, std::string_view origin);

/// @param vocab  {token: id}
[[nodiscard]] boost::json::object make_bert(boost::json::object vocab,
                                            const RepoSettings& settings);

/// GPT-2 and RoBERTa.
/// @param merges  [[left, right], ...]
[[nodiscard]] boost::json::object make_byte_bpe(boost::json::object vocab,
                                                boost::json::array merges, Family family,
                                                const RepoSettings& settings);

[[nodiscard]] boost::json::object make_t5(const SentencePieceModel& model,
                                          const RepoSettings& settings);
[[nodiscard]] boost::json::object make_xlm_roberta(const SentencePieceModel& model,
                                                   const RepoSettings& settings);
[[nodiscard]] boost::json::object make_llama(const SentencePieceModel& model,
                                             const RepoSettings& settings);
/// A model of no known class: as SentencePiece itself cuts text.
[[nodiscard]] boost::json::object make_sentencepiece(const SentencePieceModel& model,
                                                     const RepoSettings& settings);

}  // namespace hezar::tokenizers
