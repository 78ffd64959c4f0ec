#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include <repo/role_tokens.hpp>
#include <repo/settings.hpp>

namespace hezar::tokenizers {

/// A tokenizer.json in the making.
class TokenizerDraft {
 public:
  /// @param model  the "model", whose "vocab" is complete.
  explicit TokenizerDraft(boost::json::object model);

  boost::json::value normalizer;
  boost::json::value pre_tokenizer;
  boost::json::value decoder;

  /// Adds tokens in order; of equal ones the first counts.
  void add(const std::vector<TokenSpec>& tokens);
  /// The order of a row: "$A" and "$B" for the texts, else a token that was added; each with its
  /// type id.
  using Row = std::vector<std::pair<std::string, std::int64_t>>;
  void set_rows(const Row& single, const Row& pair);
  /// Rows as RoBERTa has them.
  void set_roberta_rows(const std::string& cls, const std::string& sep, bool trim_offsets,
                        bool add_prefix_space);
  /// Rows as generating models have them: texts, with the tokens that begin and end a text where
  /// the files ask for them.
  void set_generation_rows(const RoleTokens& roles, const RepoSettings& settings);

  [[nodiscard]] boost::json::object finish() &&;

 private:
  [[nodiscard]] std::int64_t id_of(const std::string& content) const;
  [[nodiscard]] boost::json::array write_row(const Row& row, boost::json::object& specials) const;

  boost::json::object model_;
  std::unordered_map<std::string, std::int64_t> ids_;
  std::int64_t next_id_ = 0;
  boost::json::array added_;
  std::unordered_map<std::string, std::int64_t> added_ids_;
  boost::json::value post_processor_;
};

}  // namespace hezar::tokenizers
