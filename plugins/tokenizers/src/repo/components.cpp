#include <repo/components.hpp>

#include <string>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

#include <reader/base64.hpp>
#include <repo/vocabulary_files.hpp>

namespace hezar::tokenizers {

namespace {

using PieceType = SentencePieceModel::PieceType;

boost::json::object replace(std::string_view kind, std::string_view pattern,
                            std::string_view content) {
  return {{"type", "Replace"}, {"pattern", {{kind, pattern}}}, {"content", content}};
}

}  // namespace

boost::json::object component(std::string_view type) {
  return {{"type", type}};
}

boost::json::object normalizers(boost::json::array parts) {
  return {{"type", "Sequence"}, {"normalizers", std::move(parts)}};
}

boost::json::object pre_tokenizers(boost::json::array parts) {
  return {{"type", "Sequence"}, {"pretokenizers", std::move(parts)}};
}

boost::json::object replace_text(std::string_view text, std::string_view content) {
  return replace("String", text, content);
}

boost::json::object replace_matches(std::string_view regex, std::string_view content) {
  return replace("Regex", regex, content);
}

boost::json::object strip_right() {
  return {{"type", "Strip"}, {"strip_left", false}, {"strip_right", true}};
}

boost::json::value charsmap_of(const SentencePieceModel& model) {
  if (model.charsmap.empty()) return nullptr;
  return {{"type", "Precompiled"}, {"precompiled_charsmap", encode_base64(model.charsmap)}};
}

boost::json::object charsmap_and_spaces(const SentencePieceModel& model) {
  boost::json::array parts;
  if (!model.charsmap.empty()) parts.push_back(charsmap_of(model));
  parts.push_back(replace_matches(" {2,}", " "));
  return normalizers(std::move(parts));
}

boost::json::object metaspace(std::string_view scheme, bool split) {
  return {{"type", "Metaspace"},
          {"replacement", kSpaceMark},
          {"prepend_scheme", scheme},
          {"split", split}};
}

boost::json::object split_at_space(std::string_view scheme) {
  return pre_tokenizers({component("WhitespaceSplit"), metaspace(scheme)});
}

std::string_view prefix_scheme(const RepoSettings& settings) {
  return settings.flag("add_prefix_space").value_or(true) ? "always" : "never";
}

boost::json::object byte_level(bool add_prefix_space, bool trim_offsets, bool use_regex) {
  return {{"type", "ByteLevel"},
          {"add_prefix_space", add_prefix_space},
          {"trim_offsets", trim_offsets},
          {"use_regex", use_regex}};
}

boost::json::object unigram(boost::json::array vocab, std::size_t unknown_id, bool byte_fallback) {
  return {{"type", "Unigram"},
          {"unk_id", static_cast<std::int64_t>(unknown_id)},
          {"vocab", std::move(vocab)},
          {"byte_fallback", byte_fallback}};
}

boost::json::object piece_bpe(const SentencePieceModel& model, boost::json::object vocab,
                              boost::json::value unknown, bool byte_fallback) {
  return {{"type", "BPE"},
          {"dropout", nullptr},
          {"unk_token", std::move(unknown)},
          {"continuing_subword_prefix", nullptr},
          {"end_of_word_suffix", nullptr},
          {"fuse_unk", true},
          {"byte_fallback", byte_fallback},
          {"ignore_merges", false},
          {"vocab", std::move(vocab)},
          {"merges", merges_of(model)}};
}

boost::json::object byte_decoder(bool has_prefix) {
  boost::json::array parts = {replace_text(kSpaceMark, " "), component("ByteFallback"),
                              component("Fuse")};
  if (has_prefix) {
    parts.push_back({{"type", "Strip"}, {"content", " "}, {"start", 1}, {"stop", 0}});
  }
  return {{"type", "Sequence"}, {"decoders", std::move(parts)}};
}

std::vector<TokenSpec> marked_pieces(const SentencePieceModel& model) {
  std::vector<TokenSpec> out;
  for (const auto& piece : model.pieces) {
    if (piece.type != PieceType::kControl && piece.type != PieceType::kUserDefined) continue;
    out.push_back({.content = piece.text, .special = piece.type == PieceType::kControl});
  }
  return out;
}

std::vector<TokenSpec> special_texts(std::initializer_list<std::string_view> texts) {
  std::vector<TokenSpec> out;
  for (const std::string_view text : texts) {
    out.push_back({.content = std::string(text), .is_text = true});
  }
  return out;
}

void expect_type(const SentencePieceModel& model, SentencePieceModel::Type type,
                 std::string_view family) {
  if (model.type == type) return;
  const bool is_unigram = type == SentencePieceModel::Type::kUnigram;
  throw expected_error(ErrorCode::kFormat, text::concat("the model of ", family),
                       is_unigram ? "a Unigram model" : "a BPE model", "one of another type");
}

}  // namespace hezar::tokenizers
