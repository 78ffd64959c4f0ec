#include <repo/families.hpp>

#include <algorithm>
#include <cstddef>
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

/// The id of the unknown token where the vocabulary has it with the score 0.
std::size_t unscored_id(const SentencePieceModel& model, const std::string& unknown,
                        std::size_t otherwise) {
  for (std::size_t id = 0; id < model.pieces.size(); ++id) {
    if (model.pieces[id].text == unknown && model.pieces[id].score == 0) return id;
  }
  return otherwise;
}

/// `` and '' as quotation marks.
boost::json::array straight_quotes() {
  return {replace_text("``", "\""), replace_text("''", "\"")};
}

void drop_accents(boost::json::array& parts) {
  parts.push_back(component("NFKD"));
  parts.push_back(component("StripAccents"));
}

/// Words with a mark at each space.
void cut_at_marks(TokenizerDraft& out, std::string_view scheme) {
  out.pre_tokenizer = metaspace(scheme);
  out.decoder = metaspace(scheme);
}

/// Words at any whitespace.
void cut_at_spaces(TokenizerDraft& out, std::string_view scheme) {
  out.pre_tokenizer = split_at_space(scheme);
  out.decoder = metaspace(scheme);
}

}  // namespace

boost::json::object make_albert(const SentencePieceModel& model, const RepoSettings& settings) {
  constexpr std::size_t kUnknownId = 1;
  expect_type(model, Type::kUnigram, "ALBERT");
  const RoleTokens roles(kAlbertRoles, settings);
  TokenizerDraft out(unigram(scored_pieces(model, 0), kUnknownId));
  boost::json::array parts = straight_quotes();
  drop_accents(parts);
  parts.push_back(component("Lowercase"));
  parts.push_back(replace_matches(" {2,}", " "));
  if (!settings.flag("keep_accents").value_or(false)) drop_accents(parts);
  if (settings.flag("do_lower_case").value_or(true)) parts.push_back(component("Lowercase"));
  parts.push_back(replace_matches(" {2,}", " "));
  out.normalizer = normalizers(std::move(parts));
  cut_at_spaces(out, prefix_scheme(settings));
  out.add(roles.all(marked_pieces(model)));
  const TokenizerDraft::Place cls = {"[CLS]", 0, roles.content("cls_token")};
  const std::string& sep = roles.content("sep_token");
  out.set_rows({cls, {"$A", 0}, {"[SEP]", 0, sep}},
               {cls, {"$A", 0}, {"[SEP]", 0, sep}, {"$B", 1}, {"[SEP]", 1, sep}});
  if (settings.asks_for_rows()) out.set_generation_rows(roles, settings);
  return std::move(out).finish();
}

boost::json::object make_barthez(const SentencePieceModel& model, const RepoSettings& settings) {
  constexpr std::size_t kUnknownId = 3;
  expect_type(model, Type::kUnigram, "BARThez");
  const RoleTokens roles(kStrippedMaskRoles, settings);
  TokenizerDraft out(unigram(scored_pieces(model, 0), kUnknownId));
  out.normalizer =
      normalizers({replace_matches(R"(\s{2,}|[\n\r\t])", " "), component("NFC"), strip_right()});
  cut_at_marks(out, prefix_scheme(settings));
  out.add(roles.all(marked_pieces(model)));
  out.set_generation_rows(roles, settings);
  return std::move(out).finish();
}

boost::json::object make_big_bird(const SentencePieceModel& model, const RepoSettings& settings) {
  constexpr std::size_t kUnknownId = 100;
  expect_type(model, Type::kUnigram, "BigBird");
  const RoleTokens roles(kBigBirdRoles, settings);
  TokenizerDraft out(
      unigram(scored_pieces(model, 0), unscored_id(model, roles.entry("unk_token"), kUnknownId)));
  out.normalizer = normalizers({{{"type", "Strip"}, {"strip_left", false}, {"strip_right", false}},
                                replace_matches(" {2,}", kSpaceMark)});
  cut_at_marks(out, prefix_scheme(settings));
  out.add(roles.all(marked_pieces(model)));
  const std::string& cls = roles.content("cls_token");
  const std::string& sep = roles.content("sep_token");
  out.set_rows({{cls, 0}, {"$A", 0}, {sep, 0}},
               {{cls, 0}, {"$A", 0}, {sep, 0}, {"$B", 1}, {sep, 1}});
  return std::move(out).finish();
}

boost::json::object make_deberta_v2(const SentencePieceModel& model, const RepoSettings& settings) {
  expect_type(model, Type::kUnigram, "DeBERTa-v2");
  const RoleTokens roles(kDebertaRoles, settings);
  TokenizerDraft out(unigram(scored_pieces(model, 0),
                             unscored_id(model, roles.entry("unk_token"), model.unknown_id)));
  boost::json::array parts;
  if (settings.flag("do_lower_case").value_or(false)) parts.push_back(component("Lowercase"));
  parts.push_back(replace_matches(R"(\s{2,}|[\n\r\t])", " "));
  parts.push_back(component("NFC"));
  parts.push_back(strip_right());
  out.normalizer = normalizers(std::move(parts));
  const char* scheme = settings.flag("add_prefix_space").value_or(true) ? "always" : "first";
  boost::json::array cuts;
  if (settings.flag("split_by_punct").value_or(false)) {
    cuts.push_back({{"type", "Punctuation"}, {"behavior", "Isolated"}});
  }
  cuts.push_back(metaspace(scheme));
  out.pre_tokenizer = pre_tokenizers(std::move(cuts));
  out.decoder = metaspace(scheme);
  out.add(roles.all(marked_pieces(model)));
  out.set_generation_rows(roles, settings);
  return std::move(out).finish();
}

boost::json::object make_rembert(const SentencePieceModel& model, const RepoSettings& settings) {
  constexpr std::size_t kUnknownId = 2;
  expect_type(model, Type::kUnigram, "RemBERT");
  const RoleTokens roles(kAlbertRoles, settings);
  TokenizerDraft out(unigram(scored_pieces(model, 0), kUnknownId));
  boost::json::array parts = straight_quotes();
  parts.push_back(replace_matches(" {2,}", " "));
  if (!settings.flag("keep_accents").value_or(false)) drop_accents(parts);
  if (settings.flag("do_lower_case").value_or(false)) parts.push_back(component("Lowercase"));
  parts.push_back(replace_matches(R"([\n\r\t])", " "));
  parts.push_back(component("NFKC"));
  out.normalizer = normalizers(std::move(parts));
  cut_at_marks(out, prefix_scheme(settings));
  out.add(roles.all(marked_pieces(model)));
  out.add(roles.specials(marked_pieces(model)));
  out.set_generation_rows(roles, settings);
  return std::move(out).finish();
}

boost::json::object make_t5(const SentencePieceModel& model, const RepoSettings& settings) {
  constexpr std::int64_t kExtraIds = 100;
  constexpr std::size_t kUnknownId = 2;
  expect_type(model, Type::kUnigram, "T5");
  const RoleTokens roles(kT5Roles, settings);
  boost::json::array vocab = scored_pieces(model, 0);
  std::vector<TokenSpec> extra = marked_pieces(model);
  const std::int64_t extra_ids = settings.integer("extra_ids").value_or(kExtraIds);
  for (std::int64_t i = 0; i < extra_ids; ++i) {
    extra.push_back({.content = text::concat("<extra_id_", i, ">"), .is_text = true});
    vocab.push_back(boost::json::array{text::concat("<extra_id_", extra_ids - 1 - i, ">"), 0.0});
  }
  TokenizerDraft out(unigram(std::move(vocab), kUnknownId));
  out.normalizer = charsmap_of(model);
  cut_at_spaces(out, "always");
  out.add(roles.all(extra));
  const TokenizerDraft::Place end = {"</s>", 0, roles.content("eos_token")};
  out.set_rows({{"$A", 0}, end}, {{"$A", 0}, end, {"$B", 0}, end});
  return std::move(out).finish();
}

boost::json::object make_udop(const SentencePieceModel& model, const RepoSettings& settings) {
  constexpr std::size_t kUnknownId = 2;
  expect_type(model, Type::kUnigram, "UDOP");
  const RoleTokens roles(kUdopRoles, settings);
  const std::string unknown = roles.entry("unk_token");
  const auto found = std::find_if(model.pieces.begin(), model.pieces.end(),
                                  [&](const auto& piece) { return piece.text == unknown; });
  const std::size_t unknown_id = found == model.pieces.end()
                                     ? kUnknownId
                                     : static_cast<std::size_t>(found - model.pieces.begin());
  TokenizerDraft out(unigram(scored_pieces(model, 0), unknown_id));
  cut_at_spaces(out, "always");
  out.add(roles.all(marked_pieces(model)));
  const TokenizerDraft::Place end = {"</s>", 0, roles.content("eos_token")};
  out.set_rows({{"$A", 0}, end}, {{"$A", 0}, end, {"$B", 0}, end});
  return std::move(out).finish();
}

boost::json::object make_xlnet(const SentencePieceModel& model, const RepoSettings& settings) {
  constexpr std::int64_t kClsType = 2;
  expect_type(model, Type::kUnigram, "XLNet");
  const RoleTokens roles(kXlnetRoles, settings);
  TokenizerDraft out(unigram(scored_pieces(model, 0), model.unknown_id));
  boost::json::array parts = straight_quotes();
  drop_accents(parts);
  if (settings.flag("do_lower_case").value_or(false)) parts.push_back(component("Lowercase"));
  parts.push_back(replace_matches(" {2,}", " "));
  out.normalizer = normalizers(std::move(parts));
  cut_at_spaces(out, "always");
  out.add(roles.all(marked_pieces(model)));
  const std::string& cls = roles.content("cls_token");
  const std::string& sep = roles.content("sep_token");
  out.set_rows({{"$A", 0}, {sep, 0}, {cls, kClsType}},
               {{"$A", 0}, {sep, 0}, {"$B", 1}, {sep, 1}, {cls, kClsType}});
  return std::move(out).finish();
}

}  // namespace hezar::tokenizers
