#include <repo/role_tokens.hpp>

#include <algorithm>
#include <cstddef>

namespace hezar::tokenizers {

RoleTokens::RoleTokens(std::span<const RoleDefault> defaults, const RepoSettings& settings)
    : settings_(settings) {
  for (const std::string_view role : {"bos_token", "eos_token", "unk_token", "sep_token",
                                      "pad_token", "cls_token", "mask_token"}) {
    const auto known = std::find_if(defaults.begin(), defaults.end(),
                                    [&](const RoleDefault& item) { return item.first == role; });
    if (const TokenSpec* token = settings.role(role)) {
      tokens_.push_back(*token);
    } else if (known != defaults.end()) {
      tokens_.emplace_back().content = known->second;
    } else {
      continue;
    }
    roles_.push_back(role);
  }
}

const std::string& RoleTokens::content(std::string_view role) const {
  const auto found = std::find(roles_.begin(), roles_.end(), role);
  return tokens_.at(static_cast<std::size_t>(found - roles_.begin())).content;
}

std::vector<TokenSpec> RoleTokens::all(const std::vector<TokenSpec>& further) const {
  std::vector<TokenSpec> out = settings_.added;
  for (TokenSpec& token : out) {
    token.special =
        token.special || std::any_of(tokens_.begin(), tokens_.end(), [&](const TokenSpec& role) {
          return role.content == token.content;
        });
  }
  out.insert(out.end(), tokens_.begin(), tokens_.end());
  const std::vector<TokenSpec>& last =
      settings_.additional.empty() ? further : settings_.additional;
  out.insert(out.end(), last.begin(), last.end());
  return out;
}

}  // namespace hezar::tokenizers
