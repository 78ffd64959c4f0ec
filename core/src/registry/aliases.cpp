#include <registry/aliases.hpp>

#include <array>
#include <string>
#include <utility>

#include <hezar/config/json.hpp>

namespace hezar {

namespace {

constexpr std::string_view kCbow = "word2vec_cbow";
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kAliases = {{
    {"bert_lm", "bert_mask_filling"},
    {"roberta_lm", "roberta_mask_filling"},
    {"distilbert_lm", "distilbert_mask_filling"},
    {kCbow, "word2vec"},
}};

}  // namespace

std::string_view current_name(std::string_view name) noexcept {
  for (const auto& [alias, current] : kAliases) {
    if (alias == name) return current;
  }
  return name;
}

void use_current_name(boost::json::object& config) {
  const std::string name = json::text_of(config, "name");
  const std::string_view current = current_name(name);
  if (current == name) return;
  if (name == kCbow) config.emplace("train_algorithm", "cbow");
  config["name"] = current;
}

}  // namespace hezar
