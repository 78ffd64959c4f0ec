#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include <reader/json_cursor.hpp>

namespace hezar::tokenizers {

/// A token that is added to a vocabulary, or marked in it.
struct TokenSpec {
  std::string content;
  bool single_word = false;
  bool lstrip = false;
  bool rstrip = false;
  bool normalized = false;
  bool special = true;
};

/// What Transformers' files say of a tokenizer beside its vocabulary. Every file may be missing.
struct RepoSettings {
  /// Reads tokenizer_config.json, special_tokens_map.json, added_tokens.json and config.json.
  /// @throws Error kFormat naming file and key.
  [[nodiscard]] static RepoSettings read(const std::filesystem::path& folder);

  [[nodiscard]] std::optional<bool> flag(std::string_view key) const;
  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view key) const;
  /// A role as the files have it: "bos_token".
  [[nodiscard]] const TokenSpec* role(std::string_view name) const noexcept;

  std::string tokenizer_class;  ///< without "Fast"; may be empty
  std::string model_type;       ///< of the model; may be empty
  std::vector<std::pair<std::string, TokenSpec>> roles;
  std::vector<TokenSpec> additional;
  std::vector<TokenSpec> added;  ///< by id

 private:
  void read_tokenizer_config(const JsonCursor& json);
  void read_roles(const JsonCursor& json);
  void read_added_tokens(const JsonCursor& json);
  [[nodiscard]] bool is_special(std::string_view content) const;

  boost::json::value options_ = boost::json::object();  // tokenizer_config.json
  std::string origin_;
};

}  // namespace hezar::tokenizers
