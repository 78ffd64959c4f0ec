#include <repo/families.hpp>

#include <cstdint>
#include <string>
#include <utility>

#include <repo/components.hpp>
#include <repo/draft.hpp>
#include <repo/role_tables.hpp>
#include <repo/role_tokens.hpp>

namespace hezar::tokenizers {

namespace {

constexpr std::int64_t kMaxCharactersPerWord = 100;  // the reference's default

/// All but the rows.
TokenizerDraft word_pieces(boost::json::object vocab, const RoleTokens& roles,
                           const RepoSettings& settings) {
  TokenizerDraft out({{"type", "WordPiece"},
                      {"unk_token", roles.entry("unk_token")},
                      {"continuing_subword_prefix", "##"},
                      {"max_input_chars_per_word", kMaxCharactersPerWord},
                      {"vocab", std::move(vocab)}});
  boost::json::value strip_accents;
  if (const auto given = settings.flag("strip_accents")) strip_accents = *given;
  out.normalizer = {
      {"type", "BertNormalizer"},
      {"clean_text", true},
      {"handle_chinese_chars", settings.flag("tokenize_chinese_chars").value_or(true)},
      {"strip_accents", strip_accents},
      {"lowercase", settings.flag("do_lower_case").value_or(true)}};
  out.pre_tokenizer = component("BertPreTokenizer");
  out.decoder = {{"type", "WordPiece"}, {"prefix", "##"}, {"cleanup", true}};
  out.add(roles.all());
  return out;
}

}  // namespace

boost::json::object make_bert(boost::json::object vocab, const RepoSettings& settings) {
  const RoleTokens roles(kBertRoles, settings);
  TokenizerDraft out = word_pieces(std::move(vocab), roles, settings);
  const std::string& cls = roles.content("cls_token");
  const std::string& sep = roles.content("sep_token");
  out.set_rows({{cls, 0}, {"$A", 0}, {sep, 0}},
               {{cls, 0}, {"$A", 0}, {sep, 0}, {"$B", 1}, {sep, 1}});
  return std::move(out).finish();
}

boost::json::object make_dpr(boost::json::object vocab, const RepoSettings& settings) {
  boost::json::object out = make_bert(std::move(vocab), settings);
  out["normalizer"].get_object()["lowercase"] = true;  // do_lower_case is not looked at
  return out;
}

boost::json::object make_funnel(boost::json::object vocab, const RepoSettings& settings) {
  constexpr std::int64_t kClsType = 2;
  const RoleTokens roles(kFunnelRoles, settings);
  TokenizerDraft out = word_pieces(std::move(vocab), roles, settings);
  out.normalizer.get_object()["clean_text"] = settings.flag("clean_text").value_or(true);
  out.decoder.get_object()["prefix"] = settings.text("wordpieces_prefix").value_or("##");
  const std::string& cls = roles.content("cls_token");
  const std::string& sep = roles.content("sep_token");
  out.set_rows({{cls, kClsType}, {"$A", 0}, {sep, 0}},
               {{cls, kClsType}, {"$A", 0}, {sep, 0}, {"$B", 1}, {sep, 1}});
  return std::move(out).finish();
}

boost::json::object make_mpnet(boost::json::object vocab, const RepoSettings& settings) {
  const RoleTokens roles(kMpnetRoles, settings);
  TokenizerDraft out = word_pieces(std::move(vocab), roles, settings);
  const std::string& cls = roles.content("cls_token");
  const std::string& sep = roles.content("sep_token");
  out.set_rows({{cls, 0}, {"$A", 0}, {sep, 0}},
               {{cls, 0}, {"$A", 0}, {sep, 0}, {sep, 0}, {"$B", 1}, {sep, 1}});
  return std::move(out).finish();
}

boost::json::object make_splinter(boost::json::object vocab, const RepoSettings& settings) {
  const RoleTokens roles(kSplinterRoles, settings);
  TokenizerDraft out = word_pieces(std::move(vocab), roles, settings);
  const std::string& cls = roles.content("cls_token");
  const std::string& sep = roles.content("sep_token");
  const std::string& question = roles.content("question_token");
  out.set_rows({{cls, 0}, {"$A", 0}, {sep, 0}},
               {{cls, 0}, {"$A", 0}, {question, 0}, {".", 0}, {sep, 0}, {"$B", 1}, {sep, 1}});
  return std::move(out).finish();
}

}  // namespace hezar::tokenizers
