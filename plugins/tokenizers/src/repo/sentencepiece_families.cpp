#include <repo/families.hpp>

#include <string>
#include <utility>
#include <vector>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

#include <reader/base64.hpp>
#include <repo/draft.hpp>
#include <repo/role_tokens.hpp>
#include <repo/vocabulary_files.hpp>

namespace hezar::tokenizers {

namespace {

using Type = SentencePieceModel::Type;
using PieceType = SentencePieceModel::PieceType;

constexpr std::string_view kMark = "\u2581";  // stands for a space

constexpr RoleDefault kT5Roles[] = {
    {"eos_token", "</s>"}, {"unk_token", "<unk>"}, {"pad_token", "<pad>"}};
constexpr RoleDefault kXlmRobertaRoles[] = {
    {"bos_token", "<s>"},   {"eos_token", "</s>"}, {"unk_token", "<unk>"},  {"sep_token", "</s>"},
    {"pad_token", "<pad>"}, {"cls_token", "<s>"},  {"mask_token", "<mask>"}};
constexpr RoleDefault kLlamaRoles[] = {
    {"bos_token", "<s>"}, {"eos_token", "</s>"}, {"unk_token", "<unk>"}};

void expect(const SentencePieceModel& model, Type type, std::string_view name,
            std::string_view family) {
  if (model.type == type) return;
  throw expected_error(ErrorCode::kFormat, text::concat("the model of a ", family, " tokenizer"),
                       text::concat("a ", name, " model"), "one of another type");
}

boost::json::object metaspace(std::string_view scheme, bool split) {
  return {
      {"type", "Metaspace"}, {"replacement", kMark}, {"prepend_scheme", scheme}, {"split", split}};
}

boost::json::object split_at_space(std::string_view scheme) {
  return {{"type", "Sequence"},
          {"pretokenizers", {{{"type", "WhitespaceSplit"}}, metaspace(scheme, true)}}};
}

boost::json::object replace(std::string_view kind, std::string_view pattern,
                            std::string_view content) {
  return {{"type", "Replace"}, {"pattern", {{kind, pattern}}}, {"content", content}};
}

boost::json::value charsmap_of(const SentencePieceModel& model) {
  if (model.charsmap.empty()) return nullptr;
  return {{"type", "Precompiled"}, {"precompiled_charsmap", encode_base64(model.charsmap)}};
}

boost::json::object unigram(boost::json::array vocab, std::size_t unknown_id, bool byte_fallback) {
  return {{"type", "Unigram"},
          {"unk_id", static_cast<std::int64_t>(unknown_id)},
          {"vocab", std::move(vocab)},
          {"byte_fallback", byte_fallback}};
}

boost::json::object bpe(const SentencePieceModel& model, boost::json::value unknown,
                        bool byte_fallback) {
  return {{"type", "BPE"},
          {"dropout", nullptr},
          {"unk_token", std::move(unknown)},
          {"continuing_subword_prefix", nullptr},
          {"end_of_word_suffix", nullptr},
          {"fuse_unk", true},
          {"byte_fallback", byte_fallback},
          {"ignore_merges", false},
          {"vocab", numbered_pieces(model)},
          {"merges", merges_of(model)}};
}

/// Undoes the mark, and tokens that are bytes.
boost::json::object byte_decoder(bool has_prefix) {
  boost::json::array parts = {replace("String", kMark, " "),
                              boost::json::object{{"type", "ByteFallback"}},
                              boost::json::object{{"type", "Fuse"}}};
  if (has_prefix) {
    parts.push_back({{"type", "Strip"}, {"content", " "}, {"start", 1}, {"stop", 0}});
  }
  return {{"type", "Sequence"}, {"decoders", std::move(parts)}};
}

/// Control pieces are special tokens, symbols of the user are not.
std::vector<TokenSpec> marked_pieces(const SentencePieceModel& model) {
  std::vector<TokenSpec> out;
  for (const auto& piece : model.pieces) {
    if (piece.type != PieceType::kControl && piece.type != PieceType::kUserDefined) continue;
    out.emplace_back().content = piece.text;
    out.back().special = piece.type == PieceType::kControl;
  }
  return out;
}

}  // namespace

boost::json::object make_t5(const SentencePieceModel& model, const RepoSettings& settings) {
  constexpr std::int64_t kExtraIds = 100;
  constexpr std::size_t kUnknownId = 2;
  expect(model, Type::kUnigram, "Unigram", "T5");
  const RoleTokens roles(kT5Roles, settings);
  boost::json::array vocab = scored_pieces(model, 0);
  std::vector<TokenSpec> extra = marked_pieces(model);
  const std::int64_t extra_ids = settings.integer("extra_ids").value_or(kExtraIds);
  for (std::int64_t i = 0; i < extra_ids; ++i) {
    extra.emplace_back().content = text::concat("<extra_id_", i, ">");
    vocab.push_back(boost::json::array{text::concat("<extra_id_", extra_ids - 1 - i, ">"), 0.0});
  }
  TokenizerDraft out(unigram(std::move(vocab), kUnknownId, false));
  out.normalizer = charsmap_of(model);
  out.pre_tokenizer = split_at_space("always");
  out.decoder = metaspace("always", true);
  out.add(roles.all(extra));
  const std::string& eos = roles.content("eos_token");
  out.set_rows({{"$A", 0}, {eos, 0}}, {{"$A", 0}, {eos, 0}, {"$B", 0}, {eos, 0}});
  return std::move(out).finish();
}

boost::json::object make_xlm_roberta(const SentencePieceModel& model,
                                     const RepoSettings& settings) {
  constexpr std::size_t kUnknownId = 3;
  constexpr std::size_t kFirstPiece = 3;  // those before it have other ids here
  expect(model, Type::kUnigram, "Unigram", "XLM-RoBERTa");
  const RoleTokens roles(kXlmRobertaRoles, settings);
  boost::json::array vocab;
  for (const char* role : {"bos_token", "pad_token", "eos_token", "unk_token"}) {
    vocab.push_back(boost::json::array{roles.content(role), 0.0});
  }
  for (boost::json::value& piece : scored_pieces(model, kFirstPiece)) {
    vocab.push_back(std::move(piece));
  }
  vocab.push_back(boost::json::array{roles.content("mask_token"), 0.0});
  TokenizerDraft out(unigram(std::move(vocab), kUnknownId, false));
  const char* scheme = settings.flag("add_prefix_space").value_or(true) ? "always" : "never";
  out.normalizer = charsmap_of(model);
  out.pre_tokenizer = split_at_space(scheme);
  out.decoder = metaspace(scheme, true);
  out.add(roles.all(marked_pieces(model)));
  const std::string& bos = roles.content("bos_token");
  const std::string& eos = roles.content("eos_token");
  out.set_rows({{bos, 0}, {"$A", 0}, {eos, 0}},
               {{bos, 0}, {"$A", 0}, {eos, 0}, {eos, 0}, {"$B", 0}, {eos, 0}});
  return std::move(out).finish();
}

boost::json::object make_llama(const SentencePieceModel& model, const RepoSettings& settings) {
  expect(model, Type::kBpe, "BPE", "LLaMA");
  const RoleTokens roles(kLlamaRoles, settings);
  const bool has_prefix = settings.flag("add_prefix_space").value_or(true);
  const char* scheme = settings.flag("legacy").value_or(false) ? "always" : "first";
  TokenizerDraft out(bpe(model, nullptr, true));
  out.pre_tokenizer = metaspace(has_prefix ? scheme : "never", false);
  out.decoder = byte_decoder(has_prefix);
  out.add(roles.all(marked_pieces(model)));
  out.set_generation_rows(roles, settings);
  return std::move(out).finish();
}

boost::json::object make_sentencepiece(const SentencePieceModel& model,
                                       const RepoSettings& settings) {
  const RoleTokens roles({}, settings);
  TokenizerDraft out(model.type == Type::kUnigram
                         ? unigram(scored_pieces(model, 0), model.unknown_id, model.byte_fallback)
                         : bpe(model, boost::json::string(model.pieces[model.unknown_id].text),
                               model.byte_fallback));
  boost::json::array parts;
  if (!model.charsmap.empty()) parts.push_back(charsmap_of(model));
  parts.push_back({{"type", "Strip"}, {"strip_left", false}, {"strip_right", true}});
  parts.push_back(replace("Regex", " {2,}", kMark));
  out.normalizer = {{"type", "Sequence"}, {"normalizers", std::move(parts)}};
  const char* scheme = model.adds_prefix ? "always" : "never";
  out.pre_tokenizer = metaspace(scheme, true);
  out.decoder = model.byte_fallback ? byte_decoder(model.adds_prefix) : metaspace(scheme, true);
  out.add(roles.all());
  out.add(marked_pieces(model));
  return std::move(out).finish();
}

}  // namespace hezar::tokenizers
