#pragma once

#include <cstdint>
#include <map>
#include <string>
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

  /// Adds tokens in order. Of those with one content the last one's flags count, but for one that
  /// is as it, or another before it, was.
  void add(const std::vector<TokenSpec>& tokens);
  /// A place in a row.
  struct Place {
    std::string name;  ///< "$A" and "$B" for the texts, else what the place is called
    std::int64_t type_id = 0;
    std::string token = name;  ///< whose id stands there
  };
  using Row = std::vector<Place>;
  /// @throws Error kFormat for a token that is neither in the vocabulary nor added.
  void set_rows(const Row& single, const Row& pair);
  void set_post_processor(boost::json::object json) { post_processor_ = std::move(json); }
  /// Rows as RoBERTa has them.
  void set_roberta_rows(const std::string& cls, const std::string& sep, bool trim_offsets,
                        bool add_prefix_space);
  /// Rows as generating models have them: texts, with the tokens that begin and end a text where
  /// the files ask for them.
  /// @param begins  whether they ask for the first where they do not say it.
  void set_generation_rows(const RoleTokens& roles, const RepoSettings& settings,
                           bool begins = false);

  /// The id of a token that was added or is in the vocabulary.
  /// @throws Error kFormat for another.
  [[nodiscard]] std::int64_t id_of(const std::string& content) const;

  [[nodiscard]] boost::json::object finish() &&;

 private:
  [[nodiscard]] boost::json::array write_row(const Row& row, boost::json::object& specials) const;

  boost::json::object model_;
  std::unordered_map<std::string, std::int64_t> ids_;
  std::int64_t next_id_ = 0;  // of a token that is not known
  std::map<std::int64_t, TokenSpec> added_;
  boost::json::value post_processor_;
};

}  // namespace hezar::tokenizers
