#include <repo/families.hpp>

#include <cstdint>
#include <string_view>
#include <utility>

#include <repo/components.hpp>
#include <repo/draft.hpp>
#include <repo/role_tables.hpp>
#include <repo/role_tokens.hpp>

namespace hezar::tokenizers {

namespace {

constexpr std::string_view kSuffix = "</w>";
constexpr std::string_view kClipPattern =
    R"(<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+)";

/// @param prefix  of pieces inside words, null or a text; both are none.
TokenizerDraft suffixed_pieces(MergeVocabulary vocabulary, const RoleTokens& roles,
                               boost::json::value prefix) {
  TokenizerDraft out({{"type", "BPE"},
                      {"dropout", nullptr},
                      {"unk_token", roles.entry("unk_token")},
                      {"continuing_subword_prefix", std::move(prefix)},
                      {"end_of_word_suffix", kSuffix},
                      {"fuse_unk", false},
                      {"byte_fallback", false},
                      {"ignore_merges", false},
                      {"vocab", std::move(vocabulary.vocab)},
                      {"merges", std::move(vocabulary.merges)}});
  out.add(roles.all());
  return out;
}

/// Words as BERT has them.
void split_as_bert(TokenizerDraft& out, bool lowercase, boost::json::value strip_accents) {
  out.normalizer = {{"type", "BertNormalizer"},
                    {"clean_text", true},
                    {"handle_chinese_chars", true},
                    {"strip_accents", std::move(strip_accents)},
                    {"lowercase", lowercase}};
  out.pre_tokenizer = component("BertPreTokenizer");
  out.decoder = {{"type", "BPEDecoder"}, {"suffix", kSuffix}};
}

}  // namespace

boost::json::object make_clip(MergeVocabulary vocabulary, const RepoSettings& settings) {
  const RoleTokens roles(kClipRoles, settings);
  TokenizerDraft out = suffixed_pieces(std::move(vocabulary), roles, "");
  out.normalizer =
      normalizers({component("NFC"), replace_matches(R"(\s+)", " "), component("Lowercase")});
  out.pre_tokenizer = pre_tokenizers({{{"type", "Split"},
                                       {"pattern", {{"Regex", kClipPattern}}},
                                       {"behavior", "Removed"},
                                       {"invert", true}},
                                      byte_level(false)});
  out.decoder = byte_level(true);
  out.set_roberta_rows(roles.content("bos_token"), roles.content("eos_token"), false, false);
  return std::move(out).finish();
}

boost::json::object make_herbert(MergeVocabulary vocabulary, const RepoSettings& settings) {
  constexpr std::int64_t kSepId = 2;  // fixed, whatever the vocabulary has there
  constexpr std::int64_t kClsId = 0;
  const RoleTokens roles(kHerbertRoles, settings);
  TokenizerDraft out = suffixed_pieces(std::move(vocabulary), roles, nullptr);
  split_as_bert(out, false, false);
  out.set_post_processor({{"type", "BertProcessing"},
                          {"sep", boost::json::array{roles.content("sep_token"), kSepId}},
                          {"cls", boost::json::array{roles.content("cls_token"), kClsId}}});
  return std::move(out).finish();
}

boost::json::object make_openai_gpt(MergeVocabulary vocabulary, const RepoSettings& settings) {
  const RoleTokens roles(kOpenAiGptRoles, settings);
  TokenizerDraft out = suffixed_pieces(std::move(vocabulary), roles, "");
  split_as_bert(out, true, nullptr);
  out.set_generation_rows(roles, settings);
  return std::move(out).finish();
}

}  // namespace hezar::tokenizers
