#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include <boost/json.hpp>

#include <hezar/config/json.hpp>
#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/torch/text_embedding_model.hpp>

namespace hezar::torch {

namespace {

/// A module of a sentence-transformers repo: "sentence_transformers.models.Pooling" is "Pooling".
struct SentenceModule {
  std::string type;
  std::string path;
};

bool is_true(const boost::json::value& json, std::string_view key) {
  const boost::json::value* value = json.is_object() ? json.get_object().if_contains(key) : nullptr;
  return value != nullptr && value->is_bool() && value->get_bool();
}

std::vector<SentenceModule> read_modules(const std::filesystem::path& file) {
  const boost::json::value json = json::read(file);
  if (!json.is_array()) {
    throw expected_error(ErrorCode::kFormat, file.string(), "a JSON list of modules",
                         json::write(json));
  }
  std::vector<SentenceModule> out;
  for (const boost::json::value& item : json.get_array()) {
    std::string type = json::text_of(item, "type");
    type.erase(0, type.rfind('.') + 1);
    out.push_back({std::move(type), json::text_of(item, "path")});
  }
  return out;
}

std::string read_mode(const std::filesystem::path& file) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kModes = {{
      {"pooling_mode_cls_token", "cls"},
      {"pooling_mode_mean_tokens", "mean"},
      {"pooling_mode_max_tokens", "max"},
  }};
  const boost::json::value json = json::read(file);
  std::string mode;
  for (const auto& [key, value] : json.is_object() ? json.get_object() : boost::json::object()) {
    if (!std::string_view(key).starts_with("pooling_mode_") || !is_true(json, key)) continue;
    const auto* known = std::find_if(kModes.begin(), kModes.end(),
                                     [&](const auto& entry) { return entry.first == key; });
    if (known == kModes.end() || !mode.empty()) {
      throw expected_error(ErrorCode::kNotImplemented, file.string(),
                           "one pooling mode: cls, mean or max",
                           mode.empty() ? std::string(key) : text::concat(mode, " and ", key));
    }
    mode = known->second;
  }
  return mode.empty() ? "mean" : mode;
}

}  // namespace

PoolingFields resolve_pooling(PoolingFields fields, const std::filesystem::path& repo) {
  const std::filesystem::path list = repo / "modules.json";
  if (!repo.empty() && std::filesystem::is_regular_file(list)) {
    bool normalizes = false;
    for (const SentenceModule& module : read_modules(list)) {
      if (module.type == "Pooling" && !fields.pooling) {
        fields.pooling = read_mode(repo / module.path / "config.json");
      }
      normalizes = normalizes || module.type == "Normalize";
      if (module.type == "Transformer" || module.type == "Pooling" || module.type == "Normalize") {
        continue;
      }
      throw expected_error(ErrorCode::kNotImplemented, list.string(),
                           "modules of the types Transformer, Pooling and Normalize",
                           text::concat('"', module.type, '"'));
    }
    if (!fields.normalize) fields.normalize = normalizes;
    const std::filesystem::path limits = repo / "sentence_bert_config.json";
    if (!fields.max_seq_length && std::filesystem::is_regular_file(limits)) {
      const boost::json::value json = json::read(limits);
      const boost::json::value* limit =
          json.is_object() ? json.get_object().if_contains("max_seq_length") : nullptr;
      if (limit != nullptr && limit->is_int64() && limit->get_int64() > 0) {
        fields.max_seq_length = limit->get_int64();
      }
    }
  }
  if (!fields.pooling) fields.pooling = "mean";
  if (!fields.normalize) fields.normalize = true;
  return fields;
}

}  // namespace hezar::torch
