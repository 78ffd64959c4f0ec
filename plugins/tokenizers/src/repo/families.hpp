#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include <boost/json.hpp>

#include <repo/role_tokens.hpp>
#include <repo/sentencepiece_model.hpp>
#include <repo/settings.hpp>

/// What Transformers' tokenizer classes make of a vocabulary. Each takes the settings of the repo
/// and gives a whole tokenizer.json.
/// @source transformers 5.3.0
namespace hezar::tokenizers {

/// vocab.json and merges.txt.
struct MergeVocabulary {
  boost::json::object vocab;  ///< {token: id}
  boost::json::array merges;  ///< [[left, right], ...]
};

/// A class that has its vocabulary in vocab.txt, {token: id}.
using MakeFromWords = boost::json::object (*)(boost::json::object vocab, const RepoSettings&);
using MakeFromMerges = boost::json::object (*)(MergeVocabulary vocabulary, const RepoSettings&);
using MakeFromModel = boost::json::object (*)(const SentencePieceModel&, const RepoSettings&);
/// How a class makes its tokenizer; monostate: the vocabulary's file decides.
using Family = std::variant<std::monostate, MakeFromWords, MakeFromMerges, MakeFromModel>;

/// The family of a tokenizer class, or where none is named of a model type.
/// @throws Error kFormat for a class that is not known.
[[nodiscard]] Family family_of(const RepoSettings& settings, std::string_view origin);

/// The roles that the class has where the files name none; nothing for no class or one that is not
/// known.
[[nodiscard]] std::optional<std::span<const RoleDefault>> roles_of(const RepoSettings& settings);

// word_families.cpp: WordPiece
boost::json::object make_bert(boost::json::object vocab, const RepoSettings& settings);
boost::json::object make_dpr(boost::json::object vocab, const RepoSettings& settings);
boost::json::object make_funnel(boost::json::object vocab, const RepoSettings& settings);
boost::json::object make_mpnet(boost::json::object vocab, const RepoSettings& settings);
boost::json::object make_splinter(boost::json::object vocab, const RepoSettings& settings);

// byte_families.cpp: byte-level BPE
boost::json::object make_gpt2(MergeVocabulary vocabulary, const RepoSettings& settings);
boost::json::object make_roberta(MergeVocabulary vocabulary, const RepoSettings& settings);
boost::json::object make_layoutlmv3(MergeVocabulary vocabulary, const RepoSettings& settings);
boost::json::object make_blenderbot(MergeVocabulary vocabulary, const RepoSettings& settings);
boost::json::object make_codegen(MergeVocabulary vocabulary, const RepoSettings& settings);
boost::json::object make_cohere(MergeVocabulary vocabulary, const RepoSettings& settings);
boost::json::object make_deberta(MergeVocabulary vocabulary, const RepoSettings& settings);
boost::json::object make_gpt_neox(MergeVocabulary vocabulary, const RepoSettings& settings);
boost::json::object make_qwen2(MergeVocabulary vocabulary, const RepoSettings& settings);
boost::json::object make_whisper(MergeVocabulary vocabulary, const RepoSettings& settings);

// suffix_families.cpp: BPE whose words end with a suffix
boost::json::object make_clip(MergeVocabulary vocabulary, const RepoSettings& settings);
boost::json::object make_herbert(MergeVocabulary vocabulary, const RepoSettings& settings);
boost::json::object make_openai_gpt(MergeVocabulary vocabulary, const RepoSettings& settings);

// unigram_families.cpp
boost::json::object make_albert(const SentencePieceModel& model, const RepoSettings& settings);
boost::json::object make_barthez(const SentencePieceModel& model, const RepoSettings& settings);
boost::json::object make_big_bird(const SentencePieceModel& model, const RepoSettings& settings);
boost::json::object make_deberta_v2(const SentencePieceModel& model, const RepoSettings& settings);
boost::json::object make_rembert(const SentencePieceModel& model, const RepoSettings& settings);
boost::json::object make_t5(const SentencePieceModel& model, const RepoSettings& settings);
boost::json::object make_udop(const SentencePieceModel& model, const RepoSettings& settings);
boost::json::object make_xlnet(const SentencePieceModel& model, const RepoSettings& settings);

// fairseq_families.cpp: Unigram and BPE whose ids are those of fairseq
boost::json::object make_camembert(const SentencePieceModel& model, const RepoSettings& settings);
boost::json::object make_layoutxlm(const SentencePieceModel& model, const RepoSettings& settings);
boost::json::object make_mbart(const SentencePieceModel& model, const RepoSettings& settings);
boost::json::object make_mbart50(const SentencePieceModel& model, const RepoSettings& settings);
boost::json::object make_nllb(const SentencePieceModel& model, const RepoSettings& settings);
boost::json::object make_seamless(const SentencePieceModel& model, const RepoSettings& settings);
boost::json::object make_xlm_roberta(const SentencePieceModel& model, const RepoSettings& settings);

// piece_families.cpp: BPE over SentencePiece's pieces
boost::json::object make_code_llama(const SentencePieceModel& model, const RepoSettings& settings);
boost::json::object make_gemma(const SentencePieceModel& model, const RepoSettings& settings);
boost::json::object make_llama(const SentencePieceModel& model, const RepoSettings& settings);
boost::json::object make_reformer(const SentencePieceModel& model, const RepoSettings& settings);
/// A model of no known class: as SentencePiece itself cuts text.
boost::json::object make_sentencepiece(const SentencePieceModel& model,
                                       const RepoSettings& settings);

}  // namespace hezar::tokenizers
