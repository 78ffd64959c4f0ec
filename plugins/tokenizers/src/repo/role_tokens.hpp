#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <repo/settings.hpp>

namespace hezar::tokenizers {

/// What a class makes of a token of which files give only the text.
enum class RoleStyle : std::uint8_t {
  kExact,               ///< found as it is
  kStripped,            ///< with the spaces before it
  kStrippedNormalized,  ///< likewise, in the normalized text
};

/// A role and the token that a class gives it: {"bos_token", "<s>"}.
struct RoleDefault {
  std::string_view role;
  std::string_view token;
  RoleStyle style = RoleStyle::kExact;
};

/// The role tokens of a tokenizer in the reference's order: the files' where they name one, else
/// the class's.
class RoleTokens {
 public:
  /// @param defaults  the roles of the class, and other tokens that it names.
  RoleTokens(std::span<const RoleDefault> defaults, const RepoSettings& settings);

  [[nodiscard]] bool has(std::string_view role) const;
  /// The token of a role that the class has.
  /// @throws Error kFormat where the files say that there is none.
  [[nodiscard]] const std::string& content(std::string_view role) const;
  /// The entry of a vocabulary that stands for a role; the reference writes None for none.
  [[nodiscard]] std::string entry(std::string_view role) const;
  /// What the files add, then the roles, then further tokens: the order in which tokens that the
  /// vocabulary lacks get their ids.
  /// @param further  the class's own; the files' list counts instead where there is one.
  [[nodiscard]] std::vector<TokenSpec> all(const std::vector<TokenSpec>& further) const;
  /// All without tokens of the class's own.
  [[nodiscard]] std::vector<TokenSpec> all() const { return all(settings_.additional); }
  /// The roles, then further tokens as all() has them: what some classes add once more, as special
  /// tokens.
  [[nodiscard]] std::vector<TokenSpec> specials(const std::vector<TokenSpec>& further) const;
  [[nodiscard]] std::vector<TokenSpec> specials() const { return specials(settings_.additional); }

 private:
  void set(std::string_view name, std::optional<TokenSpec> token);

  const RepoSettings& settings_;
  std::vector<std::optional<TokenSpec>> roles_;
  std::unordered_map<std::string, std::size_t> places_;  // of roles_ by name
};

}  // namespace hezar::tokenizers
