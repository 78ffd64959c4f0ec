#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <repo/settings.hpp>

namespace hezar::tokenizers {

/// A role and the token that a class gives it: {"bos_token", "<s>"}.
using RoleDefault = std::pair<std::string_view, std::string_view>;

/// The role tokens of a tokenizer in the reference's order: the files' where they name one, else
/// the class's.
class RoleTokens {
 public:
  RoleTokens(std::span<const RoleDefault> defaults, const RepoSettings& settings);

  /// The token of a role that the class has.
  [[nodiscard]] const std::string& content(std::string_view role) const;
  /// What the files add, then the role tokens, then the files' additional ones: the order in which
  /// tokens that the vocabulary lacks get their ids.
  /// @param further  in place of the additional ones where the files have none.
  [[nodiscard]] std::vector<TokenSpec> all(const std::vector<TokenSpec>& further = {}) const;

 private:
  const RepoSettings& settings_;
  std::vector<std::string_view> roles_;
  std::vector<TokenSpec> tokens_;  // one for each of roles_
};

}  // namespace hezar::tokenizers
