#include <repo/role_tokens.hpp>

#include <algorithm>
#include <unordered_set>
#include <utility>

#include <hezar/error/error.hpp>

namespace hezar::tokenizers {

namespace {

const RoleDefault* find_default(std::span<const RoleDefault> defaults, std::string_view role) {
  const auto found = std::find_if(defaults.begin(), defaults.end(),
                                  [&](const RoleDefault& item) { return item.role == role; });
  return found == defaults.end() ? nullptr : &*found;
}

TokenSpec styled(TokenSpec token, RoleStyle style) {
  if (!token.is_text || style == RoleStyle::kExact) return token;
  token.is_text = false;
  token.lstrip = true;
  token.normalized = style == RoleStyle::kStrippedNormalized;
  return token;
}

/// What the files add says more of a token than the role it has.
const TokenSpec& as_added(const TokenSpec& token, const RepoSettings& settings) {
  const auto found =
      std::find_if(settings.added.rbegin(), settings.added.rend(),
                   [&](const TokenSpec& added) { return added.content == token.content; });
  return found == settings.added.rend() ? token : *found;
}

}  // namespace

RoleTokens::RoleTokens(std::span<const RoleDefault> defaults, const RepoSettings& settings)
    : settings_(settings) {
  for (const std::string_view role : kRoleNames) {
    const RoleDefault* known = find_default(defaults, role);
    const RoleStyle style = known == nullptr ? RoleStyle::kExact : known->style;
    const auto& absent = settings.absent;
    if (std::find(absent.begin(), absent.end(), role) != absent.end()) {
      set(role, std::nullopt);
    } else if (const TokenSpec* given = settings.role(role)) {
      set(role, styled(as_added(*given, settings), style));
    } else if (known != nullptr) {
      set(role, styled({.content = std::string(known->token), .is_text = true}, style));
    }
  }
  for (const RoleDefault& known : defaults) {
    if (!places_.contains(std::string(known.role))) {
      set(known.role, TokenSpec{.content = std::string(known.token), .is_text = true});
    }
  }
  for (const auto& [name, token] : settings.named) set(name, token);
}

void RoleTokens::set(std::string_view name, std::optional<TokenSpec> token) {
  const auto [place, is_new] = places_.emplace(name, roles_.size());
  if (is_new) roles_.emplace_back();
  roles_[place->second] = std::move(token);
}

bool RoleTokens::has(std::string_view role) const {
  const auto found = places_.find(std::string(role));
  return found != places_.end() && roles_[found->second];
}

const std::string& RoleTokens::content(std::string_view role) const {
  if (has(role)) return roles_[places_.at(std::string(role))]->content;
  throw expected_error(ErrorCode::kFormat, std::string("tokenizer_config.json: ").append(role),
                       "a token", "null");
}

std::string RoleTokens::entry(std::string_view role) const {
  return has(role) ? content(role) : "None";
}

std::vector<TokenSpec> RoleTokens::all(const std::vector<TokenSpec>& further) const {
  std::vector<TokenSpec> out = settings_.added;
  std::unordered_set<std::string_view> known;
  for (const TokenSpec& token : settings_.added) known.insert(token.content);
  const auto append = [&](const TokenSpec& token) {
    if (!known.contains(token.content)) out.push_back(token);
  };
  std::unordered_set<std::string_view> named;
  for (const std::optional<TokenSpec>& role : roles_) {
    if (!role) continue;
    append(*role);
    named.insert(role->content);
  }
  for (const TokenSpec& token : settings_.extra ? *settings_.extra : further) append(token);
  for (TokenSpec& token : out) token.special = token.special || named.contains(token.content);
  return out;
}

std::vector<TokenSpec> RoleTokens::specials(const std::vector<TokenSpec>& further) const {
  std::vector<TokenSpec> out;
  for (const std::optional<TokenSpec>& role : roles_) {
    if (role) out.push_back(*role);
  }
  const std::vector<TokenSpec>& last = settings_.extra ? *settings_.extra : further;
  out.insert(out.end(), last.begin(), last.end());
  for (TokenSpec& token : out) token.special = true;
  return out;
}

}  // namespace hezar::tokenizers
