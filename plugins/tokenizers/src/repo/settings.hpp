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

/// The roles that every class knows, in the order in which Transformers adds their tokens.
inline constexpr std::string_view kRoleNames[] = {
    "bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"};

/// A token that is added to a vocabulary, or marked in it.
struct TokenSpec {
  std::string content;
  bool single_word = false;
  bool lstrip = false;
  bool rstrip = false;
  bool normalized = false;
  bool special = true;
  bool is_text = false;  ///< the files give only the text; the rest is the class's

  friend bool operator==(const TokenSpec&, const TokenSpec&) = default;
};
using NamedToken = std::pair<std::string, TokenSpec>;

/// What Transformers' files say of a tokenizer beside its vocabulary. Every file may be missing.
struct RepoSettings {
  /// Reads tokenizer_config.json, special_tokens_map.json, added_tokens.json and config.json.
  /// @throws Error kFormat naming file and key.
  [[nodiscard]] static RepoSettings read(const std::filesystem::path& folder);

  [[nodiscard]] std::optional<bool> flag(std::string_view key) const;
  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view key) const;
  [[nodiscard]] std::optional<std::string> text(std::string_view key) const;
  /// Whether the files say which tokens are around a text.
  [[nodiscard]] bool asks_for_rows() const {
    return flag("add_bos_token") || flag("add_eos_token");
  }
  /// A role as the files have it: "bos_token".
  [[nodiscard]] const TokenSpec* role(std::string_view name) const noexcept;

  std::string tokenizer_class;      ///< without "Fast"; may be empty
  std::string model_type;           ///< of the model; may be empty
  std::vector<NamedToken> roles;    ///< {"bos_token", "<s>"}
  std::vector<std::string> absent;  ///< roles of which the files say that there is none
  std::vector<NamedToken> named;    ///< other members `*_token`: {"image_token", "<image>"}
  /// The additional tokens of tokenizer_config.json, which are all there are; a class has its own
  /// where there is no such list.
  std::optional<std::vector<TokenSpec>> extra;
  std::vector<TokenSpec> additional;  ///< of special_tokens_map.json, which a class may add to
  std::vector<TokenSpec> added;       ///< by id

 private:
  void read_model_config(const JsonCursor& json);
  void read_tokenizer_config(const JsonCursor& json);
  void read_special_tokens_map(const JsonCursor& json);
  void read_roles(const JsonCursor& json);
  void read_added_tokens(const JsonCursor& json);

  boost::json::value options_ = boost::json::object();  // tokenizer_config.json
  // what makes tokens of added_tokens.json special: {"bos_token", "<s>"}, {"", "<new>"}
  std::vector<std::pair<std::string, std::string>> specials_;
  std::string origin_;
};

}  // namespace hezar::tokenizers
