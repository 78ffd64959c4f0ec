#include <repo/draft.hpp>

#include <algorithm>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::tokenizers {

TokenizerDraft::TokenizerDraft(boost::json::object model) : model_(std::move(model)) {
  const boost::json::value& vocab = model_.at("vocab");
  if (const boost::json::object* tokens = vocab.if_object()) {
    for (const auto& member : *tokens) ids_.emplace(member.key(), member.value().as_int64());
  } else {
    std::int64_t id = 0;
    for (const boost::json::value& piece : vocab.as_array()) {
      ids_.insert_or_assign(std::string(piece.at(0).as_string()), id++);
    }
  }
  next_id_ = static_cast<std::int64_t>(vocab.is_array() ? vocab.get_array().size() : ids_.size());
}

void TokenizerDraft::add(const std::vector<TokenSpec>& tokens) {
  std::unordered_map<std::string, std::vector<TokenSpec>> seen;  // of each content
  for (const auto& [id, token] : added_) seen[token.content].push_back(token);
  for (TokenSpec token : tokens) {
    if (token.content.empty()) continue;
    token.is_text = false;
    const auto [known, is_new] = ids_.emplace(token.content, next_id_);
    if (is_new) ++next_id_;
    std::vector<TokenSpec>& forms = seen[token.content];
    if (std::find(forms.begin(), forms.end(), token) != forms.end()) continue;
    forms.push_back(token);
    added_[known->second] = std::move(token);
  }
}

std::int64_t TokenizerDraft::id_of(const std::string& content) const {
  if (const auto known = ids_.find(content); known != ids_.end()) return known->second;
  throw expected_error(ErrorCode::kFormat, "the vocabulary",
                       text::concat("the token \"", content, '"'), "none");
}

boost::json::array TokenizerDraft::write_row(const Row& row, boost::json::object& specials) const {
  boost::json::array out;
  for (const auto& [name, type_id, token] : row) {
    if (name == "$A" || name == "$B") {
      out.push_back(
          boost::json::object{{"Sequence", {{"id", name.substr(1)}, {"type_id", type_id}}}});
      continue;
    }
    out.push_back(boost::json::object{{"SpecialToken", {{"id", name}, {"type_id", type_id}}}});
    specials[name] = boost::json::object{{"id", name},
                                         {"ids", boost::json::array{id_of(token)}},
                                         {"tokens", boost::json::array{name}}};
  }
  return out;
}

void TokenizerDraft::set_rows(const Row& single, const Row& pair) {
  boost::json::object specials;
  boost::json::array first = write_row(single, specials);
  boost::json::array second = write_row(pair, specials);
  post_processor_ = {{"type", "TemplateProcessing"},
                     {"single", std::move(first)},
                     {"pair", std::move(second)},
                     {"special_tokens", std::move(specials)}};
}

void TokenizerDraft::set_roberta_rows(const std::string& cls, const std::string& sep,
                                      bool trim_offsets, bool add_prefix_space) {
  post_processor_ = {{"type", "RobertaProcessing"},
                     {"sep", boost::json::array{sep, id_of(sep)}},
                     {"cls", boost::json::array{cls, id_of(cls)}},
                     {"trim_offsets", trim_offsets},
                     {"add_prefix_space", add_prefix_space}};
}

void TokenizerDraft::set_generation_rows(const RoleTokens& roles, const RepoSettings& settings,
                                         bool begins) {
  begins = settings.flag("add_bos_token").value_or(begins);
  begins = begins && roles.has("bos_token");
  const bool ends = settings.flag("add_eos_token").value_or(false) && roles.has("eos_token");
  const auto row_of = [&](const char* text, std::int64_t type_id) {
    Row out;
    if (begins) out.push_back({roles.content("bos_token"), type_id});
    out.push_back({text, type_id});
    if (ends) out.push_back({roles.content("eos_token"), type_id});
    return out;
  };
  const Row single = row_of("$A", 0);
  Row pair = single;
  for (auto& item : row_of("$B", 1)) pair.push_back(std::move(item));
  set_rows(single, pair);
}

boost::json::object TokenizerDraft::finish() && {
  boost::json::array added;
  for (const auto& [id, token] : added_) {
    added.push_back(boost::json::object{{"id", id},
                                        {"content", token.content},
                                        {"single_word", token.single_word},
                                        {"lstrip", token.lstrip},
                                        {"rstrip", token.rstrip},
                                        {"normalized", token.normalized},
                                        {"special", token.special}});
  }
  return {{"version", "1.0"},
          {"truncation", nullptr},
          {"padding", nullptr},
          {"added_tokens", std::move(added)},
          {"normalizer", std::move(normalizer)},
          {"pre_tokenizer", std::move(pre_tokenizer)},
          {"post_processor", std::move(post_processor_)},
          {"decoder", std::move(decoder)},
          {"model", std::move(model_)}};
}

}  // namespace hezar::tokenizers
