#include <repo/families.hpp>

#include <cstddef>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <hezar/text/concat.hpp>

#include <repo/components.hpp>
#include <repo/draft.hpp>
#include <repo/role_tables.hpp>
#include <repo/role_tokens.hpp>
#include <repo/vocabulary_files.hpp>

namespace hezar::tokenizers {

namespace {

using Type = SentencePieceModel::Type;

constexpr std::size_t kUnknownId = 3;

// MBart-50 has all of them, MBart the first ones.
constexpr std::string_view kLanguages[] = {
    "ar_AR", "cs_CZ", "de_DE", "en_XX", "es_XX", "et_EE", "fi_FI", "fr_XX", "gu_IN",
    "hi_IN", "it_IT", "ja_XX", "kk_KZ", "ko_KR", "lt_LT", "lv_LV", "my_MM", "ne_NP",
    "nl_XX", "ro_RO", "ru_RU", "si_LK", "tr_TR", "vi_VN", "zh_CN", "af_ZA", "az_AZ",
    "bn_IN", "fa_IR", "he_IL", "hr_HR", "id_ID", "ka_GE", "km_KH", "mk_MK", "ml_IN",
    "mn_MN", "mr_IN", "pl_PL", "ps_AF", "pt_XX", "sv_SE", "sw_KE", "ta_IN", "te_IN",
    "th_TH", "tl_XX", "uk_UA", "ur_PK", "xh_ZA", "gl_ES", "sl_SI"};
constexpr std::size_t kMbartLanguages = 25;

/// Fairseq's four tokens, the pieces behind the model's three, languages, and the mask.
boost::json::array fairseq_vocab(const SentencePieceModel& model, const RoleTokens& roles,
                                 std::string_view first, std::size_t languages = 0) {
  constexpr std::size_t kFirstPiece = 3;
  boost::json::array out;
  const auto add = [&](std::string_view entry) { out.push_back(boost::json::array{entry, 0.0}); };
  for (const std::string_view role :
       {first, std::string_view("pad_token"), std::string_view("eos_token"),
        std::string_view("unk_token")}) {
    add(roles.entry(role));
  }
  for (boost::json::value& piece : scored_pieces(model, kFirstPiece))
    out.push_back(std::move(piece));
  for (std::size_t i = 0; i < languages; ++i) add(kLanguages[i]);
  add(roles.entry("mask_token"));
  return out;
}

/// {token: id} with fairseq's four tokens first, then the model's others in their order.
boost::json::object renumbered(const SentencePieceModel& model,
                               std::initializer_list<std::string_view> first) {
  boost::json::object out;
  const auto add = [&](std::string_view token) {
    out.emplace(token, static_cast<std::int64_t>(out.size()));
  };
  for (const std::string_view token : first) add(token);
  for (const auto& piece : model.pieces) add(piece.text);
  return out;
}

std::vector<TokenSpec> languages_of(std::size_t count) {
  std::vector<TokenSpec> out;
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back({.content = std::string(kLanguages[i]), .is_text = true});
  }
  return out;
}

void append(std::vector<TokenSpec>& to, std::vector<TokenSpec> tokens) {
  to.insert(to.end(), std::move_iterator(tokens.begin()), std::move_iterator(tokens.end()));
}

/// <s> A </s> </s> B </s>
void set_double_rows(TokenizerDraft& out, const std::string& begin, const std::string& end) {
  out.set_rows({{begin, 0}, {"$A", 0}, {end, 0}},
               {{begin, 0}, {"$A", 0}, {end, 0}, {end, 0}, {"$B", 0}, {end, 0}});
}

/// Both texts between two lists of tokens.
void set_translation_rows(TokenizerDraft& out, const TokenizerDraft::Row& before,
                          const TokenizerDraft::Row& after) {
  TokenizerDraft::Row single = before;
  single.push_back({"$A", 0});
  TokenizerDraft::Row pair = single;
  pair.push_back({"$B", 0});
  single.insert(single.end(), after.begin(), after.end());
  pair.insert(pair.end(), after.begin(), after.end());
  out.set_rows(single, pair);
}

}  // namespace

boost::json::object make_xlm_roberta(const SentencePieceModel& model,
                                     const RepoSettings& settings) {
  expect_type(model, Type::kUnigram, "XLM-RoBERTa");
  const RoleTokens roles(kRobertaRoles, settings);
  TokenizerDraft out(unigram(fairseq_vocab(model, roles, "bos_token"), kUnknownId));
  out.normalizer = charsmap_of(model);
  out.pre_tokenizer = split_at_space(prefix_scheme(settings));
  out.decoder = metaspace(prefix_scheme(settings));
  out.add(roles.all(marked_pieces(model)));
  set_double_rows(out, roles.content("bos_token"), roles.content("eos_token"));
  return std::move(out).finish();
}

boost::json::object make_layoutxlm(const SentencePieceModel& model, const RepoSettings& settings) {
  expect_type(model, Type::kUnigram, "LayoutXLM");
  const RoleTokens roles(kStrippedMaskRoles, settings);
  TokenizerDraft out(unigram(fairseq_vocab(model, roles, "bos_token"), kUnknownId));
  out.normalizer = normalizers({strip_right(), replace_matches(" {2,}", kSpaceMark)});
  out.pre_tokenizer = metaspace(prefix_scheme(settings));
  out.decoder = metaspace(prefix_scheme(settings));
  out.add(roles.all(marked_pieces(model)));
  set_double_rows(out, roles.content("cls_token"), roles.content("sep_token"));
  return std::move(out).finish();
}

boost::json::object make_camembert(const SentencePieceModel& model, const RepoSettings& settings) {
  constexpr double kNeverTaken = -100;
  expect_type(model, Type::kUnigram, "CamemBERT");
  const RoleTokens roles(kStrippedMaskRoles, settings);
  boost::json::array vocab = {
      boost::json::array{"<s>NOTUSED", 0.0}, boost::json::array{roles.entry("pad_token"), 0.0},
      boost::json::array{"</s>NOTUSED", 0.0}, boost::json::array{roles.entry("unk_token"), 0.0},
      boost::json::array{"<unk>NOTUSED", kNeverTaken}};
  for (boost::json::value& piece : scored_pieces(model, 1)) vocab.push_back(std::move(piece));
  vocab.push_back(boost::json::array{roles.entry("mask_token"), 0.0});
  TokenizerDraft out(unigram(std::move(vocab), kUnknownId));
  out.normalizer = normalizers({replace_matches(R"(\s{2,}|[\n\r\t])", " "), strip_right()});
  out.pre_tokenizer = metaspace(prefix_scheme(settings));
  out.decoder = metaspace(prefix_scheme(settings));
  out.add(roles.all(marked_pieces(model)));
  set_double_rows(out, roles.content("bos_token"), roles.content("eos_token"));
  return std::move(out).finish();
}

boost::json::object make_mbart(const SentencePieceModel& model, const RepoSettings& settings) {
  expect_type(model, Type::kUnigram, "MBart");
  const RoleTokens roles(kStrippedMaskRoles, settings);
  TokenizerDraft out(
      unigram(fairseq_vocab(model, roles, "bos_token", kMbartLanguages), kUnknownId));
  out.pre_tokenizer = split_at_space("always");
  out.decoder = metaspace("always");
  std::vector<TokenSpec> further = languages_of(kMbartLanguages);
  append(further, marked_pieces(model));
  out.add(roles.all(further));
  const std::string language = settings.text("src_lang").value_or("en_XX");
  set_translation_rows(out, {}, {{roles.content("eos_token"), 0}, {language, 0}});
  return std::move(out).finish();
}

boost::json::object make_mbart50(const SentencePieceModel& model, const RepoSettings& settings) {
  expect_type(model, Type::kUnigram, "MBart-50");
  const RoleTokens roles(kMbart50Roles, settings);
  TokenizerDraft out(
      unigram(fairseq_vocab(model, roles, "cls_token", std::size(kLanguages)), kUnknownId));
  out.normalizer = charsmap_and_spaces(model);
  out.pre_tokenizer = metaspace("always");
  out.decoder = metaspace("always");
  std::vector<TokenSpec> further = marked_pieces(model);
  append(further, languages_of(std::size(kLanguages)));
  out.add(roles.all(further));
  const std::string language = settings.text("src_lang").value_or("en_XX");
  set_translation_rows(out, {{language, 0}}, {{roles.content("eos_token"), 0}});
  return std::move(out).finish();
}

boost::json::object make_nllb(const SentencePieceModel& model, const RepoSettings& settings) {
  expect_type(model, Type::kBpe, "NLLB");
  const RoleTokens roles(kNllbRoles, settings);
  const std::string unknown = roles.entry("unk_token");
  TokenizerDraft out(
      piece_bpe(model,
                renumbered(model, {roles.entry("bos_token"), roles.entry("pad_token"),
                                   roles.entry("eos_token"), unknown}),
                boost::json::string(unknown), false));
  out.normalizer = charsmap_and_spaces(model);
  out.pre_tokenizer = metaspace("always");
  out.decoder = metaspace("always");
  out.add(roles.all(marked_pieces(model)));
  const TokenizerDraft::Place end = {roles.content("eos_token"), 0};
  const TokenizerDraft::Place language = {settings.text("src_lang").value_or("eng_Latn"), 0};
  if (settings.flag("legacy_behaviour").value_or(false)) {
    set_translation_rows(out, {}, {end, language});
  } else {
    set_translation_rows(out, {language}, {end});
  }
  return std::move(out).finish();
}

boost::json::object make_seamless(const SentencePieceModel& model, const RepoSettings& settings) {
  expect_type(model, Type::kBpe, "SeamlessM4T");
  const RoleTokens roles(kSeamlessRoles, settings);
  TokenizerDraft out(piece_bpe(model, renumbered(model, {"<pad>", "<unk>", "<s>", "</s>"}),
                               boost::json::string(roles.entry("unk_token")), false));
  out.normalizer = normalizers({replace_matches(R"([\n\r\t])", " "), component("NFKC"),
                                strip_right(), replace_matches(" +▁", kSpaceMark),
                                replace_matches("^▁+$", ""), replace_matches(" {2,}", kSpaceMark)});
  out.pre_tokenizer = metaspace("first");
  out.decoder = metaspace("first");
  out.add(roles.all(marked_pieces(model)));
  std::string language = settings.text("tgt_lang").value_or("fra");
  if (language.find("__") == std::string::npos) language = text::concat("__", language, "__");
  const TokenizerDraft::Place end = {roles.content("eos_token"), 0};
  set_translation_rows(out, {end, {language, 0}}, {end});
  return std::move(out).finish();
}

}  // namespace hezar::tokenizers
