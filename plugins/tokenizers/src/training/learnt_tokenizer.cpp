#include <training/learnt_tokenizer.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace hezar::tokenizers {

namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

/// Ids of the new vocabulary and of what is added to it.
class Ids {
 public:
  explicit Ids(const value& vocabulary) {
    if (const object* tokens = vocabulary.if_object()) {
      for (const auto& [token, id] : *tokens) {
        ids_.emplace(token, id.to_number<std::int64_t>());
      }
    } else {
      for (const value& piece : vocabulary.as_array()) {
        ids_.emplace(piece.at(0).as_string(), static_cast<std::int64_t>(ids_.size()));
      }
    }
  }

  /// The next free one where the token is new.
  std::int64_t add(std::string_view token) {
    return ids_.emplace(token, static_cast<std::int64_t>(ids_.size())).first->second;
  }
  [[nodiscard]] const std::int64_t* find(std::string_view token) const {
    const auto found = ids_.find(token);
    return found == ids_.end() ? nullptr : &found->second;
  }

 private:
  std::map<std::string, std::int64_t, std::less<>> ids_;
};

std::string_view content_of(const value& added_token) {
  return added_token.at("content").as_string();
}

object special_token(std::string_view content) {
  return {{"id", 0},         {"content", content},  {"single_word", false}, {"lstrip", false},
          {"rstrip", false}, {"normalized", false}, {"special", true}};
}

array merge_added_tokens(const array& known, const std::vector<std::string>& special_tokens) {
  std::map<std::string_view, const object*> by_content;
  for (const value& token : known) by_content.emplace(content_of(token), &token.as_object());
  std::set<std::string_view> placed;
  array out;
  for (const std::string& content : special_tokens) {
    if (!placed.insert(content).second) continue;
    const auto found = by_content.find(content);
    out.emplace_back(found == by_content.end() ? special_token(content) : *found->second);
  }
  for (const value& token : known) {
    if (placed.insert(content_of(token)).second) out.push_back(token);
  }
  return out;
}

/// [token, id], as "sep" and "cls" of BertProcessing and RobertaProcessing have it.
void renumber_pair(value* pair, const Ids& ids) {
  if (pair == nullptr || !pair->is_array() || pair->as_array().size() != 2) return;
  if (!pair->at(0).is_string()) return;
  if (const std::int64_t* id = ids.find(pair->at(0).as_string())) pair->as_array()[1] = *id;
}

void renumber_template(object& special_tokens, const Ids& ids) {
  for (auto& [name, token] : special_tokens) {
    const array& contents = token.at("tokens").as_array();
    array& numbers = token.at("ids").as_array();
    for (std::size_t i = 0; i < contents.size() && i < numbers.size(); ++i) {
      if (const std::int64_t* id = ids.find(contents[i].as_string())) numbers[i] = *id;
    }
  }
}

void renumber(value* post_processor, const Ids& ids) {
  if (post_processor == nullptr || !post_processor->is_object()) return;
  object& json = post_processor->as_object();
  renumber_pair(json.if_contains("sep"), ids);
  renumber_pair(json.if_contains("cls"), ids);
  value* special_tokens = json.if_contains("special_tokens");
  if (special_tokens != nullptr) renumber_template(special_tokens->as_object(), ids);
  value* processors = json.if_contains("processors");
  if (processors == nullptr) return;
  for (value& part : processors->as_array()) renumber(&part, ids);
}

}  // namespace

void replace_special_tokens(object& tokenizer, const std::vector<std::string>& special_tokens) {
  Ids ids(tokenizer.at("model").at("vocab"));
  const value* known = tokenizer.if_contains("added_tokens");
  array added = merge_added_tokens(
      known != nullptr && known->is_array() ? known->as_array() : array(), special_tokens);
  for (value& token : added) token.as_object()["id"] = ids.add(content_of(token));
  tokenizer["added_tokens"] = std::move(added);
  renumber(tokenizer.if_contains("post_processor"), ids);
}

}  // namespace hezar::tokenizers
