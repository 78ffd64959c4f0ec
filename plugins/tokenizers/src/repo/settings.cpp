#include <repo/settings.hpp>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <limits>
#include <unordered_set>

#include <hezar/config/json.hpp>

namespace hezar::tokenizers {

namespace {

/// A text, or an object with the flags of the token.
/// @param special  what a token is whose object does not say it.
TokenSpec read_token(const JsonCursor& json, bool special = true) {
  TokenSpec out;
  if (json.value().is_string()) {
    out.content = json.string();
    out.is_text = true;
    return out;
  }
  out.content = json.at("content").string();
  const auto flag = [&](std::string_view key, bool& value) {
    if (const auto given = json.find(key)) value = given->boolean();
  };
  out.special = special;
  flag("special", out.special);
  out.normalized = !out.special;
  flag("single_word", out.single_word);
  flag("lstrip", out.lstrip);
  flag("rstrip", out.rstrip);
  flag("normalized", out.normalized);
  return out;
}

std::vector<TokenSpec> read_tokens(const JsonCursor& list) {
  std::vector<TokenSpec> out;
  for (const JsonCursor& token : list.items()) out.push_back(read_token(token));
  return out;
}

bool is_role(std::string_view name) {
  return std::find(std::begin(kRoleNames), std::end(kRoleNames), name) != std::end(kRoleNames);
}

/// A class without the ending that older versions had for the fast one.
std::string_view without_fast(std::string_view name) {
  constexpr std::string_view kFast = "Fast";
  if (name.ends_with(kFast)) name.remove_suffix(kFast.size());
  return name;
}

/// Members that name a token of this model alone.
std::vector<NamedToken> read_named(const JsonCursor& json) {
  std::vector<NamedToken> out;
  for (const auto& member : json.object()) {
    const std::string_view name = member.key();
    if (!name.ends_with("_token") || is_role(name) || !member.value().is_string()) continue;
    out.emplace_back(name, read_token(json.at(name)));
  }
  return out;
}

std::optional<boost::json::value> read_if_there(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return std::nullopt;
  return json::read(file);
}

/// Entries of {key: value} with ids, by rising id.
template <class Id>
std::vector<std::pair<std::int64_t, std::string>> by_id(const JsonCursor& json, const Id& id_of) {
  std::vector<std::pair<std::int64_t, std::string>> out;
  for (const auto& member : json.object()) {
    out.emplace_back(id_of(json.at(member.key()), member.key()), member.key());
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  return out;
}

std::int64_t parse_id(const JsonCursor& json, std::string_view key) {
  std::int64_t out = -1;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), out);
  if (error != std::errc() || end != key.data() + key.size() || out < 0) {
    json.fail("an id as its key", key);
  }
  return out;
}

}  // namespace

RepoSettings RepoSettings::read(const std::filesystem::path& folder) {
  RepoSettings out;
  out.origin_ = (folder / "tokenizer_config.json").string();
  if (auto config = read_if_there(folder / "tokenizer_config.json")) {
    out.options_ = std::move(*config);
    out.read_tokenizer_config(JsonCursor(out.options_, out.origin_));
  }
  // what newer versions write makes the older files void
  const bool is_complete =
      JsonCursor(out.options_, out.origin_).find("added_tokens_decoder") != std::nullopt;
  const auto special = read_if_there(folder / "special_tokens_map.json");
  if (special && !is_complete) {
    out.read_special_tokens_map(
        JsonCursor(*special, (folder / "special_tokens_map.json").string()));
  }
  const auto added = read_if_there(folder / "added_tokens.json");
  if (added && !is_complete) {
    out.read_added_tokens(JsonCursor(*added, (folder / "added_tokens.json").string()));
  }
  if (const auto model = read_if_there(folder / "config.json")) {
    out.read_model_config(JsonCursor(*model, (folder / "config.json").string()));
  }
  return out;
}

void RepoSettings::read_model_config(const JsonCursor& json) {
  if (const auto type = json.find("model_type")) model_type = type->string();
  const auto name = json.find("tokenizer_class");
  if (name && tokenizer_class.empty()) tokenizer_class = without_fast(name->string());
}

void RepoSettings::read_tokenizer_config(const JsonCursor& json) {
  if (const auto name = json.find("tokenizer_class")) {
    tokenizer_class = without_fast(name->string());
  }
  read_roles(json);
  named = read_named(json);
  for (const char* key : {"additional_special_tokens", "extra_special_tokens"}) {
    if (!json.object().contains(key)) continue;
    const auto tokens = json.find(key);
    if (!tokens) {
      extra.emplace();
    } else if (tokens->value().is_array()) {
      extra = read_tokens(*tokens);
    } else {
      for (const auto& member : tokens->object()) {
        named.emplace_back(member.key(), read_token(tokens->at(member.key())));
      }
    }
  }
  for (const TokenSpec& token : extra.value_or(std::vector<TokenSpec>())) {
    if (token.is_text) specials_.emplace_back("", token.content);
  }
  const auto decoder = json.find("added_tokens_decoder");
  if (!decoder) return;
  for (const auto& [id, key] : by_id(*decoder, parse_id)) {
    added.push_back(read_token(decoder->at(key), false));
  }
}

void RepoSettings::read_special_tokens_map(const JsonCursor& json) {
  read_roles(json);
  for (const auto& [name, token] : roles) {
    if (json.find(name)) specials_.emplace_back(name, token.content);
  }
  std::vector<NamedToken> first = read_named(json);
  named.insert(named.begin(), first.begin(), first.end());
  const auto list = json.find("additional_special_tokens");
  if (list && list->value().is_array()) additional = read_tokens(*list);
  const auto more = json.find("extra_special_tokens");
  if (!more || !more->value().is_array()) return;
  if (!extra) extra.emplace();
  for (TokenSpec& token : read_tokens(*more)) {
    specials_.emplace_back("", token.content);
    extra->push_back(std::move(token));
  }
}

void RepoSettings::read_roles(const JsonCursor& json) {
  for (const std::string_view name : kRoleNames) {
    if (!json.object().contains(name)) continue;
    std::erase_if(roles, [&](const auto& known) { return known.first == name; });
    std::erase_if(specials_, [&](const auto& known) { return known.first == name; });
    std::erase(absent, name);
    const auto value = json.find(name);
    if (!value) {
      absent.emplace_back(name);
      continue;
    }
    TokenSpec token = read_token(*value);
    if (token.is_text) specials_.emplace_back(name, token.content);
    roles.emplace_back(name, std::move(token));
  }
}

/// {token: id}: what an older version added to its vocabulary. Special are, as in the reference,
/// roles and additional tokens, but not those that special_tokens_map.json alone lists.
void RepoSettings::read_added_tokens(const JsonCursor& json) {
  constexpr std::int64_t kMaxId = std::numeric_limits<std::int32_t>::max();
  const auto id_of = [](const JsonCursor& value, std::string_view) {
    return value.integer(kMaxId);
  };
  std::unordered_set<std::string_view> specials;
  for (const auto& [name, content] : specials_) specials.insert(content);
  for (const auto& [id, content] : by_id(json, id_of)) {
    TokenSpec token;
    token.content = content;
    token.special = specials.contains(content);
    token.normalized = !token.special;
    added.push_back(std::move(token));
  }
}

std::optional<bool> RepoSettings::flag(std::string_view key) const {
  const auto value = JsonCursor(options_, origin_).find(key);
  return value ? std::optional(value->boolean()) : std::nullopt;
}

std::optional<std::int64_t> RepoSettings::integer(std::string_view key) const {
  constexpr std::int64_t kMaxValue = 1'000'000;
  const auto value = JsonCursor(options_, origin_).find(key);
  return value ? std::optional(value->integer(kMaxValue)) : std::nullopt;
}

std::optional<std::string> RepoSettings::text(std::string_view key) const {
  const auto value = JsonCursor(options_, origin_).find(key);
  return value ? std::optional<std::string>(value->string()) : std::nullopt;
}

const TokenSpec* RepoSettings::role(std::string_view name) const noexcept {
  const auto found = std::find_if(roles.begin(), roles.end(),
                                  [&](const auto& role) { return role.first == name; });
  return found == roles.end() ? nullptr : &found->second;
}

}  // namespace hezar::tokenizers
