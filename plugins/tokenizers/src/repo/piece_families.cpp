#include <repo/families.hpp>

#include <iterator>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <repo/components.hpp>
#include <repo/draft.hpp>
#include <repo/role_tables.hpp>
#include <repo/role_tokens.hpp>
#include <repo/vocabulary_files.hpp>

namespace hezar::tokenizers {

namespace {

using Type = SentencePieceModel::Type;

}  // namespace

boost::json::object make_llama(const SentencePieceModel& model, const RepoSettings& settings) {
  expect_type(model, Type::kBpe, "LLaMA");
  const RoleTokens roles(kLlamaRoles, settings);
  const bool has_prefix = settings.flag("add_prefix_space").value_or(true);
  const char* scheme = settings.flag("legacy").value_or(false) ? "always" : "first";
  TokenizerDraft out(piece_bpe(model, numbered_pieces(model), nullptr, true));
  out.pre_tokenizer = metaspace(has_prefix ? scheme : "never", false);
  out.decoder = byte_decoder(has_prefix);
  out.add(roles.all(marked_pieces(model)));
  out.set_generation_rows(roles, settings);
  return std::move(out).finish();
}

boost::json::object make_code_llama(const SentencePieceModel& model, const RepoSettings& settings) {
  expect_type(model, Type::kBpe, "Code Llama");
  const RoleTokens roles(kCodeLlamaRoles, settings);
  const bool has_prefix = settings.flag("add_prefix_space").value_or(true);
  TokenizerDraft out(piece_bpe(model, numbered_pieces(model),
                               boost::json::string(roles.entry("unk_token")), true));
  out.pre_tokenizer = metaspace(has_prefix ? "first" : "never", false);
  out.decoder = byte_decoder(true);
  std::vector<TokenSpec> further = marked_pieces(model);
  for (const RoleDefault& token : std::span(kCodeLlamaRoles).subspan(std::size(kLlamaRoles))) {
    further.push_back({.content = std::string(token.token), .is_text = true});
  }
  out.add(roles.all(further));
  out.set_generation_rows(roles, settings, true);
  return std::move(out).finish();
}

boost::json::object make_gemma(const SentencePieceModel& model, const RepoSettings& settings) {
  expect_type(model, Type::kBpe, "Gemma");
  const RoleTokens roles(kGemmaRoles, settings);
  TokenizerDraft out(piece_bpe(model, numbered_pieces(model),
                               boost::json::string(roles.entry("unk_token")), true));
  out.normalizer = replace_text(" ", kSpaceMark);
  out.pre_tokenizer = {{"type", "Split"},
                       {"pattern", {{"String", " "}}},
                       {"behavior", "MergedWithPrevious"},
                       {"invert", false}};
  out.decoder = byte_decoder(false);
  out.add(roles.all(marked_pieces(model)));
  out.set_generation_rows(roles, settings);
  return std::move(out).finish();
}

boost::json::object make_reformer(const SentencePieceModel& model, const RepoSettings& settings) {
  expect_type(model, Type::kBpe, "Reformer");
  const RoleTokens roles(kReformerRoles, settings);
  TokenizerDraft out(piece_bpe(model, numbered_pieces(model),
                               boost::json::string(roles.entry("unk_token")), false));
  out.normalizer = charsmap_and_spaces(model);
  out.pre_tokenizer = metaspace("always");
  out.decoder = metaspace("always");
  out.add(roles.all(marked_pieces(model)));
  out.add(roles.specials(marked_pieces(model)));
  out.set_generation_rows(roles, settings);
  return std::move(out).finish();
}

boost::json::object make_sentencepiece(const SentencePieceModel& model,
                                       const RepoSettings& settings) {
  const RoleTokens roles({}, settings);
  TokenizerDraft out(model.type == Type::kUnigram
                         ? unigram(scored_pieces(model, 0), model.unknown_id, model.byte_fallback)
                         : piece_bpe(model, numbered_pieces(model),
                                     boost::json::string(model.pieces[model.unknown_id].text),
                                     model.byte_fallback));
  boost::json::array parts;
  if (!model.charsmap.empty()) parts.push_back(charsmap_of(model));
  parts.push_back(strip_right());
  parts.push_back(replace_matches(" {2,}", kSpaceMark));
  out.normalizer = normalizers(std::move(parts));
  const char* scheme = model.adds_prefix ? "always" : "never";
  out.pre_tokenizer = metaspace(scheme);
  out.decoder = model.byte_fallback ? byte_decoder(model.adds_prefix) : metaspace(scheme);
  out.add(roles.all());
  out.add(marked_pieces(model));
  return std::move(out).finish();
}

}  // namespace hezar::tokenizers
