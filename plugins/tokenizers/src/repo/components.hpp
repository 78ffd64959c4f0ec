#pragma once

#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include <repo/sentencepiece_model.hpp>
#include <repo/settings.hpp>

/// The components of a tokenizer.json that the families are made of.
namespace hezar::tokenizers {

inline constexpr std::string_view kSpaceMark = "\u2581";  // stands for a space

/// A component without members.
[[nodiscard]] boost::json::object component(std::string_view type);
[[nodiscard]] boost::json::object normalizers(boost::json::array parts);
[[nodiscard]] boost::json::object pre_tokenizers(boost::json::array parts);

[[nodiscard]] boost::json::object replace_text(std::string_view text, std::string_view content);
[[nodiscard]] boost::json::object replace_matches(std::string_view regex, std::string_view content);
[[nodiscard]] boost::json::object strip_right();
/// A model's table of replacements, null without one.
[[nodiscard]] boost::json::value charsmap_of(const SentencePieceModel& model);
/// That table, then one space for several.
[[nodiscard]] boost::json::object charsmap_and_spaces(const SentencePieceModel& model);

/// @param scheme  "always", "first" or "never": where a word's mark is added.
[[nodiscard]] boost::json::object metaspace(std::string_view scheme, bool split = true);
[[nodiscard]] boost::json::object split_at_space(std::string_view scheme);
/// "always" unless the files have add_prefix_space false.
[[nodiscard]] std::string_view prefix_scheme(const RepoSettings& settings);
[[nodiscard]] boost::json::object byte_level(bool add_prefix_space, bool trim_offsets = true,
                                             bool use_regex = true);

[[nodiscard]] boost::json::object unigram(boost::json::array vocab, std::size_t unknown_id,
                                          bool byte_fallback = false);
/// BPE over the pieces of a model.
[[nodiscard]] boost::json::object piece_bpe(const SentencePieceModel& model,
                                            boost::json::object vocab, boost::json::value unknown,
                                            bool byte_fallback);
/// Undoes the mark, and tokens that are bytes.
[[nodiscard]] boost::json::object byte_decoder(bool has_prefix);

/// Control pieces are special tokens, symbols of the user are not.
[[nodiscard]] std::vector<TokenSpec> marked_pieces(const SentencePieceModel& model);
/// Special tokens of which a class gives only the text.
[[nodiscard]] std::vector<TokenSpec> special_texts(std::initializer_list<std::string_view> texts);

/// @throws Error kFormat for a model of another type than the family's.
void expect_type(const SentencePieceModel& model, SentencePieceModel::Type type,
                 std::string_view family);

}  // namespace hezar::tokenizers
