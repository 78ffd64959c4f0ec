#include <repo/families.hpp>

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <hezar/error/error.hpp>

#include <repo/components.hpp>
#include <repo/draft.hpp>
#include <repo/role_tables.hpp>
#include <repo/role_tokens.hpp>
#include <whisper/languages.hpp>

namespace hezar::tokenizers {

namespace {

constexpr std::string_view kQwen2Pattern =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*)"
    R"(|\s*[\r\n]+|\s+(?!\S)|\s+)";

/// All but the rows.
TokenizerDraft byte_pieces(MergeVocabulary vocabulary, const RoleTokens& roles,
                           bool add_prefix_space) {
  TokenizerDraft out({{"type", "BPE"},
                      {"dropout", nullptr},
                      {"unk_token", nullptr},
                      {"continuing_subword_prefix", ""},
                      {"end_of_word_suffix", ""},
                      {"fuse_unk", false},
                      {"byte_fallback", false},
                      {"ignore_merges", false},
                      {"vocab", std::move(vocabulary.vocab)},
                      {"merges", std::move(vocabulary.merges)}});
  out.pre_tokenizer = byte_level(add_prefix_space);
  out.decoder = byte_level(true);
  out.add(roles.all());
  return out;
}

bool adds_space(const RepoSettings& settings, bool otherwise = false) {
  return settings.flag("add_prefix_space").value_or(otherwise);
}

/// A class without tokens around a text, unless the files ask for them.
TokenizerDraft generating(MergeVocabulary vocabulary, const RepoSettings& settings,
                          std::span<const RoleDefault> defaults, bool adds_space_otherwise) {
  const RoleTokens roles(defaults, settings);
  TokenizerDraft out =
      byte_pieces(std::move(vocabulary), roles, adds_space(settings, adds_space_otherwise));
  out.set_generation_rows(roles, settings);
  return out;
}

boost::json::object roberta(MergeVocabulary vocabulary, const RepoSettings& settings,
                            bool add_prefix_space, bool trim_offsets) {
  const RoleTokens roles(kRobertaRoles, settings);
  TokenizerDraft out = byte_pieces(std::move(vocabulary), roles, add_prefix_space);
  out.set_roberta_rows(roles.content("cls_token"), roles.content("sep_token"), trim_offsets,
                       add_prefix_space);
  return std::move(out).finish();
}

}  // namespace

boost::json::object make_gpt2(MergeVocabulary vocabulary, const RepoSettings& settings) {
  return generating(std::move(vocabulary), settings, kGpt2Roles, false).finish();
}

boost::json::object make_roberta(MergeVocabulary vocabulary, const RepoSettings& settings) {
  return roberta(std::move(vocabulary), settings, adds_space(settings),
                 settings.flag("trim_offsets").value_or(true));
}

boost::json::object make_layoutlmv3(MergeVocabulary vocabulary, const RepoSettings& settings) {
  return roberta(std::move(vocabulary), settings, adds_space(settings, true), true);
}

boost::json::object make_blenderbot(MergeVocabulary vocabulary, const RepoSettings& settings) {
  return generating(std::move(vocabulary), settings, kStrippedMaskRoles, true).finish();
}

boost::json::object make_codegen(MergeVocabulary vocabulary, const RepoSettings& settings) {
  TokenizerDraft out = generating(std::move(vocabulary), settings, kGpt2Roles, false);
  if (!settings.asks_for_rows()) out.set_post_processor(byte_level(true, false));
  return std::move(out).finish();
}

boost::json::object make_cohere(MergeVocabulary vocabulary, const RepoSettings& settings) {
  TokenizerDraft out = generating(std::move(vocabulary), settings, kCohereRoles, false);
  out.add(RoleTokens(kCohereRoles, settings).specials());
  out.normalizer = component("NFC");
  out.pre_tokenizer = pre_tokenizers(
      {{{"type", "Digits"}, {"individual_digits", true}}, byte_level(adds_space(settings))});
  return std::move(out).finish();
}

boost::json::object make_deberta(MergeVocabulary vocabulary, const RepoSettings& settings) {
  const RoleTokens roles(kDebertaRoles, settings);
  TokenizerDraft out = byte_pieces(std::move(vocabulary), roles, adds_space(settings));
  const std::string& cls = roles.content("cls_token");
  const std::string& sep = roles.content("sep_token");
  out.set_rows({{cls, 0}, {"$A", 0}, {sep, 0}},
               {{cls, 0}, {"$A", 0}, {sep, 0}, {sep, 0}, {"$B", 0}, {sep, 0}});
  return std::move(out).finish();
}

boost::json::object make_gpt_neox(MergeVocabulary vocabulary, const RepoSettings& settings) {
  TokenizerDraft out = generating(std::move(vocabulary), settings, kGptNeoxRoles, false);
  out.normalizer = component("NFC");
  out.pre_tokenizer =
      byte_level(adds_space(settings), settings.flag("trim_offsets").value_or(true));
  return std::move(out).finish();
}

boost::json::object make_qwen2(MergeVocabulary vocabulary, const RepoSettings& settings) {
  TokenizerDraft out = generating(std::move(vocabulary), settings, kQwen2Roles, false);
  for (const TokenSpec& token : RoleTokens(kQwen2Roles, settings).specials()) {
    out.add({{.content = token.content}});  // once more, as special tokens that nothing changes
  }
  out.normalizer = component("NFC");
  out.pre_tokenizer = pre_tokenizers({{{"type", "Split"},
                                       {"pattern", {{"Regex", kQwen2Pattern}}},
                                       {"behavior", "Isolated"},
                                       {"invert", false}},
                                      byte_level(adds_space(settings), true, false)});
  return std::move(out).finish();
}

boost::json::object make_whisper(MergeVocabulary vocabulary, const RepoSettings& settings) {
  const RoleTokens roles(kGpt2Roles, settings);
  TokenizerDraft out = byte_pieces(std::move(vocabulary), roles, adds_space(settings));
  TokenizerDraft::Row row = {{"<|startoftranscript|>", 0}};
  if (const auto language = settings.text("language")) {
    row.push_back({language_token(language_code(*language)), 0});
  }
  if (const auto task = settings.text("task")) {
    if (*task != "transcribe" && *task != "translate") {
      throw unknown_name_error(ErrorCode::kFormat, "tokenizer_config.json: task", "a task", *task,
                               {"transcribe", "translate"});
    }
    row.push_back({*task == "translate" ? "<|translate|>" : "<|transcribe|>", 0});
  }
  if (!settings.flag("predict_timestamps").value_or(false)) row.push_back({"<|notimestamps|>", 0});
  const std::string& eos = roles.content("eos_token");
  row.push_back({"$A", 0});
  TokenizerDraft::Row pair = row;
  row.push_back({eos, 0});
  pair.push_back({"$B", 1});
  pair.push_back({eos, 1});
  out.set_rows(row, pair);
  return std::move(out).finish();
}

}  // namespace hezar::tokenizers
