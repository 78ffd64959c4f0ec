#include <repo/settings.hpp>

#include <algorithm>
#include <charconv>
#include <limits>

#include <hezar/config/json.hpp>

namespace hezar::tokenizers {

namespace {

constexpr std::string_view kRoles[] = {"bos_token", "eos_token", "unk_token", "sep_token",
                                       "pad_token", "cls_token", "mask_token"};

/// A text, or an object with the flags of the token.
TokenSpec read_token(const JsonCursor& json) {
  TokenSpec out;
  if (json.value().is_string()) {
    out.content = json.string();
    return out;
  }
  out.content = json.at("content").string();
  const auto flag = [&](std::string_view key, bool& value) {
    if (const auto given = json.find(key)) value = given->boolean();
  };
  flag("single_word", out.single_word);
  flag("lstrip", out.lstrip);
  flag("rstrip", out.rstrip);
  flag("normalized", out.normalized);
  flag("special", out.special);
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
    out.read_roles(JsonCursor(*special, (folder / "special_tokens_map.json").string()));
  }
  const auto added = read_if_there(folder / "added_tokens.json");
  if (added && !is_complete) {
    out.read_added_tokens(JsonCursor(*added, (folder / "added_tokens.json").string()));
  }
  if (const auto model = read_if_there(folder / "config.json")) {
    const std::string origin = (folder / "config.json").string();
    if (const auto type = JsonCursor(*model, origin).find("model_type")) {
      out.model_type = type->string();
    }
  }
  return out;
}

void RepoSettings::read_tokenizer_config(const JsonCursor& json) {
  constexpr std::string_view kFast = "Fast";
  if (const auto name = json.find("tokenizer_class")) {
    tokenizer_class = name->string();
    if (tokenizer_class.ends_with(kFast))
      tokenizer_class.resize(tokenizer_class.size() - kFast.size());
  }
  read_roles(json);
  const auto decoder = json.find("added_tokens_decoder");
  if (!decoder) return;
  for (const auto& [id, key] : by_id(*decoder, parse_id)) {
    added.push_back(read_token(decoder->at(key)));
  }
}

void RepoSettings::read_roles(const JsonCursor& json) {
  for (const std::string_view name : kRoles) {
    const auto value = json.find(name);
    if (!value) continue;
    TokenSpec token = read_token(*value);
    token.special = true;
    std::erase_if(roles, [&](const auto& known) { return known.first == name; });
    roles.emplace_back(name, std::move(token));
  }
  for (const char* key : {"additional_special_tokens", "extra_special_tokens"}) {
    const auto list = json.find(key);
    if (!list || !list->value().is_array()) continue;
    additional.clear();
    for (std::size_t i = 0; i < list->array().size(); ++i) {
      additional.push_back(read_token(list->item(i)));
    }
  }
}

/// {token: id}: what an older version added to its vocabulary.
void RepoSettings::read_added_tokens(const JsonCursor& json) {
  constexpr std::int64_t kMaxId = std::numeric_limits<std::int32_t>::max();
  const auto id_of = [](const JsonCursor& value, std::string_view) {
    return value.integer(kMaxId);
  };
  for (const auto& [id, content] : by_id(json, id_of)) {
    TokenSpec token;
    token.content = content;
    token.special = is_special(content);
    token.normalized = !token.special;
    added.push_back(std::move(token));
  }
}

bool RepoSettings::is_special(std::string_view content) const {
  const auto is_it = [&](const TokenSpec& token) { return token.content == content; };
  return std::any_of(roles.begin(), roles.end(),
                     [&](const auto& role) { return is_it(role.second); }) ||
         std::any_of(additional.begin(), additional.end(), is_it);
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

const TokenSpec* RepoSettings::role(std::string_view name) const noexcept {
  const auto found = std::find_if(roles.begin(), roles.end(),
                                  [&](const auto& role) { return role.first == name; });
  return found == roles.end() ? nullptr : &found->second;
}

}  // namespace hezar::tokenizers
