#include <commands/model_arguments.hpp>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include <CLI/CLI.hpp>

#include <cli/options.hpp>
#include <cli/usage_error.hpp>
#include <commands/repo_folder.hpp>

#include <hezar/config/json.hpp>
#include <hezar/config/yaml.hpp>
#include <hezar/error/error.hpp>
#include <hezar/module/transformers_repo.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/nearest.hpp>

namespace hezar::host {

namespace {

using Names = std::vector<std::string>;

Names names_of(const boost::json::array& fields) {
  Names names;
  for (const boost::json::value& field : fields) {
    names.emplace_back(field.as_object().at("name").as_string());
  }
  return names;
}

bool contains(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

ModuleInfo model_info(Session& session, const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "model_config.yaml";
  const boost::json::object config =
      std::filesystem::exists(file) || !std::filesystem::exists(folder / kTransformersConfig)
          ? yaml::read_mapping(file)
          : read_transformers_config(folder, session.runtime()).file;
  const auto name = json::find_text(config, "name");
  if (!name) throw expected_error(ErrorCode::kConfig, file.string(), "a name", "none");
  return session.runtime().info(Kind::kModel, *name);
}

UsageError unknown_set(std::string_view verb, const std::string& key, const ModuleInfo& info,
                       Names options, const Names& fields) {
  const std::string own_options = text::join(options, ", ");
  options.insert(options.end(), fields.begin(), fields.end());
  const Names nearest = text::nearest_names(key, options);
  const std::string hint = text::concat(
      nearest.empty() ? "" : text::concat("Nearest: ", text::join(nearest, ", "), ". "),
      "Options of predict: ", own_options.empty() ? "none" : own_options,
      ". Config fields: see hezar info ", info.name);
  return usage_error(text::concat(verb, ": --set"),
                     text::concat("an option or a config field of ", info.name),
                     text::concat("\"", key, "\""), hint);
}

/// Shares the typed values out: options of the task first, then config fields.
void share_out(const std::vector<std::string>& sets, const ModuleInfo& info, std::string_view verb,
               boost::json::object& task, boost::json::object& overrides) {
  const Names options = names_of(info.options);
  const Names fields = names_of(info.fields);
  for (const std::string& set : sets) {
    const std::size_t equals = set.find('=');
    const std::string key = set.substr(0, equals);
    const boost::json::value value = json::parse_argument(std::string_view(set).substr(equals + 1));
    if (contains(options, key)) {
      task[key] = value;
    } else if (contains(fields, key)) {
      overrides[key] = value;
    } else {
      throw unknown_set(verb, key, info, options, fields);
    }
  }
}

}  // namespace

void ModelArguments::declare(CLI::App& app) {
  add_text(app, "--device", device, "DEVICE", "cpu, cuda or cuda:1 (default: cpu)")
      ->check([](const std::string& given) {
        try {
          static_cast<void>(Device::parse(given));
          return std::string();
        } catch (const Error& error) {
          return error.message();
        }
      });
  add_choice(app, "--precision", precision, "auto|fp32|bf16|int8",
             "Arithmetic of the model (default: auto: as its weights are packed, else fp32)");
  add_texts(app, "--set", sets, "KEY=VALUE",
            "An option of predict or a config field; repeatable. See hezar info");
}

LoadedModel ModelArguments::load(Session& session, const std::string& path,
                                 std::string_view verb) const {
  for (const std::string& set : sets) {
    if (set.find('=') == std::string::npos || set.front() == '=') {
      throw usage_error(text::concat(verb, ": --set"), "KEY=VALUE", text::concat("\"", set, "\""));
    }
  }
  LoadOptions options;
  options.runtime = &session.runtime();
  options.device = Device::parse(device);
  options.precision = parse_precision(precision);
  LoadedModel loaded;
  std::error_code ignored;
  const bool is_repo = !std::filesystem::exists(path, ignored);
  if (is_repo) show_progress(session, options.hub);
  if (!sets.empty()) {
    const std::filesystem::path folder = repo_folder(
        session, path, {{}, {}, {}, {"model_config.yaml", "config.json", "modules.json"}});
    share_out(sets, model_info(session, folder), verb, loaded.task, options.overrides);
    if (is_repo) options.revision = folder.filename().string();  // its commit, not asked for again
  }
  loaded.model = Model::load(path, options);
  return loaded;
}

}  // namespace hezar::host
