#include <hezar/module/transformers_repo.hpp>

#include <algorithm>
#include <optional>

#include <hezar/config/json.hpp>
#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar {

namespace {

constexpr std::string_view kEmbeddingTask = "text_embedding";
constexpr std::int64_t kDefaultLabels = 2;  // Transformers' own, which it does not write down

struct Served {
  ModuleInfo model;
  boost::json::object config;  // what the architecture implies
};

std::optional<Served> find_model(const std::vector<ModuleInfo>& models, std::string_view name,
                                 bool is_embedding) {
  for (const ModuleInfo& model : models) {
    if ((model.task == kEmbeddingTask) != is_embedding) continue;
    for (const boost::json::value& served : model.architectures) {
      if (json::find_text(served, "name") != name) continue;
      const boost::json::value* config = served.get_object().if_contains("config");
      return Served{model, config != nullptr && config->is_object() ? config->get_object()
                                                                    : boost::json::object()};
    }
  }
  return std::nullopt;
}

std::vector<std::string> architecture_names(const std::vector<ModuleInfo>& models) {
  std::vector<std::string> out;
  for (const ModuleInfo& model : models) {
    for (const boost::json::value& served : model.architectures) {
      if (const auto name = json::find_text(served, "name")) out.emplace_back(*name);
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::string architecture_of(const boost::json::object& config, const std::string& origin) {
  const boost::json::value* names = config.if_contains("architectures");
  if (names != nullptr && names->is_array() && !names->get_array().empty() &&
      names->get_array().front().is_string()) {
    return std::string(names->get_array().front().get_string());
  }
  throw expected_error(ErrorCode::kConfig, text::concat(origin, ": architectures"),
                       "a list with the name of a Transformers class",
                       names == nullptr ? "nothing" : json::write(*names),
                       "Write a model_config.yaml beside it, see hezar list models");
}

bool has_field(const ModuleInfo& model, std::string_view name) {
  return std::any_of(
      model.fields.begin(), model.fields.end(),
      [&](const boost::json::value& field) { return json::find_text(field, "name") == name; });
}

}  // namespace

ConfigValues read_transformers_config(const std::filesystem::path& folder, const Runtime& runtime) {
  const std::filesystem::path file = folder / kTransformersConfig;
  boost::json::value json = json::read(file);
  if (!json.is_object()) {
    throw expected_error(ErrorCode::kFormat, file.string(), "a JSON object", json::write(json));
  }
  boost::json::object config = std::move(json.get_object());
  const std::string architecture = architecture_of(config, file.string());
  const std::vector<ModuleInfo> models = runtime.list(Kind::kModel);
  const bool is_embedding = std::filesystem::exists(folder / "modules.json");
  const auto served = find_model(models, architecture, is_embedding);
  if (!served) {
    throw unknown_name_error(ErrorCode::kConfig, text::concat(file.string(), ": architectures"),
                             is_embedding ? "an encoder that gives text embeddings"
                                          : "a Transformers class that a model serves",
                             architecture, architecture_names(models));
  }
  for (const auto& [key, value] : served->config) config[key] = value;
  config["name"] = served->model.name;
  config.erase("config_type");
  config.erase("task");
  if (has_field(served->model, "id2label") && !config.contains("id2label") &&
      !config.contains("num_labels")) {
    config["num_labels"] = kDefaultLabels;
  }
  return ConfigValues{std::move(config), {}, file.string()};
}

std::vector<std::string> transformers_preprocessors(const std::filesystem::path& folder,
                                                    const Runtime& runtime) {
  std::vector<std::string> out;
  for (const ModuleInfo& info : runtime.list(Kind::kPreprocessor)) {
    const bool serves = std::any_of(
        info.repo_files.begin(), info.repo_files.end(),
        [&](const std::string& file) { return std::filesystem::is_regular_file(folder / file); });
    if (serves) out.push_back(info.name);
  }
  return out;
}

}  // namespace hezar
