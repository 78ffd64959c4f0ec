#include <commands/folder_info.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <system_error>

#include <hezar/config/json.hpp>
#include <hezar/config/yaml.hpp>
#include <hezar/error/error.hpp>
#include <hezar/io/state_dict.hpp>
#include <hezar/module/packed_weights.hpp>
#include <hezar/module/transformers_repo.hpp>

namespace hezar::host {

namespace {

namespace fs = std::filesystem;

constexpr std::array kSubfolders = {"", "preprocessor", "embedding", "train"};

ConfigFile inspect_config(const Runtime& runtime, const fs::path& folder, const fs::path& file) {
  ConfigFile out;
  out.file = fs::relative(file, folder).string();
  try {
    const boost::json::object config = yaml::read_mapping(file);
    out.kind = json::text_of(config, "config_type");
    out.name = json::text_of(config, "name");
    out.task = json::text_of(config, "task");
    if (out.name.empty() || out.kind.empty()) {
      throw expected_error(ErrorCode::kConfig, file.string(), "name and config_type", "none");
    }
    out.plugin = runtime.info(parse_kind(out.kind), out.name).plugin;
  } catch (const Error& error) {
    out.problem = error.what();
  }
  return out;
}

/// The modules that serve a repo of Transformers, which has no config of Hezar's.
std::vector<ConfigFile> inspect_transformers(const Runtime& runtime, const fs::path& folder) {
  ConfigFile model{std::string(kTransformersConfig), std::string(to_string(Kind::kModel))};
  try {
    model.name = json::text_of(read_transformers_config(folder, runtime).file, "name");
    const ModuleInfo info = runtime.info(Kind::kModel, model.name);
    model.task = info.task;
    model.plugin = info.plugin;
  } catch (const Error& error) {
    model.problem = error.what();
  }
  std::vector<ConfigFile> out = {std::move(model)};
  for (const std::string& name : transformers_preprocessors(folder, runtime)) {
    const ModuleInfo info = runtime.info(Kind::kPreprocessor, name);
    out.push_back({".", std::string(to_string(info.kind)), name, info.task, info.plugin, {}});
  }
  return out;
}

std::vector<fs::path> config_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code ignored;  // a folder that cannot be listed has no files to tell of
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
    if (entry.path().extension() == ".yaml" && entry.is_regular_file(ignored)) {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

bool is_floating(DType dtype) {
  const std::string_view name = to_string(dtype);
  return name.starts_with("float") || name.starts_with("bfloat");
}

std::int64_t count_parameters(const io::StoredWeights& weights) {
  const auto told = weights.metadata.find(std::string(kParametersKey));
  if (told != weights.metadata.end()) return std::strtoll(told->second.c_str(), nullptr, 10);
  std::int64_t count = 0;
  for (const auto& [name, tensor] : weights.tensors) {
    const bool is_other_name = weights.metadata.contains(name);
    if (is_floating(tensor.dtype()) && !is_other_name) count += tensor.numel();
  }
  return count;
}

std::optional<WeightsInfo> inspect_weights(const fs::path& folder) {
  for (const std::string& name : io::weight_filenames()) {
    if (!fs::exists(folder / name)) continue;
    WeightsInfo out;
    out.file = name;
    try {
      const io::StoredWeights weights = io::read_stored_weights(folder, name);
      out.precision = to_string(precision_of(weights));
      out.tensors = static_cast<std::int64_t>(weights.tensors.size());
      out.parameters = count_parameters(weights);
    } catch (const Error& error) {
      out.problem = error.what();
    }
    return out;
  }
  return std::nullopt;
}

boost::json::value or_null(const std::string& text) {
  return text.empty() ? boost::json::value(nullptr) : boost::json::value(text);
}

}  // namespace

bool FolderInfo::has_problem() const {
  return (weights && !weights->problem.empty()) ||
         std::any_of(configs.begin(), configs.end(),
                     [](const ConfigFile& config) { return !config.problem.empty(); });
}

boost::json::object FolderInfo::to_json() const {
  boost::json::array modules;
  for (const ConfigFile& config : configs) {
    modules.push_back({{"file", config.file},
                       {"kind", or_null(config.kind)},
                       {"name", or_null(config.name)},
                       {"task", or_null(config.task)},
                       {"plugin", or_null(config.plugin)},
                       {"problem", or_null(config.problem)}});
  }
  boost::json::value weights_json = nullptr;
  if (weights) {
    weights_json = {{"file", weights->file},
                    {"tensors", weights->tensors},
                    {"parameters", weights->parameters},
                    {"precision", or_null(weights->precision)},
                    {"problem", or_null(weights->problem)}};
  }
  return {{"path", path}, {"modules", modules}, {"weights", weights_json}};
}

FolderInfo inspect_folder(const Runtime& runtime, const fs::path& folder) {
  if (!fs::is_directory(folder)) {
    throw expected_error(ErrorCode::kIo, folder.string(), "a folder",
                         fs::exists(folder) ? "a file" : "nothing",
                         "For a config file: hezar config show");
  }
  FolderInfo info;
  info.path = folder.string();
  for (const char* subfolder : kSubfolders) {
    const fs::path below = *subfolder == '\0' ? folder : folder / subfolder;
    for (const fs::path& file : config_files(below)) {
      info.configs.push_back(inspect_config(runtime, folder, file));
    }
  }
  if (info.configs.empty() && fs::is_regular_file(folder / kTransformersConfig)) {
    info.configs = inspect_transformers(runtime, folder);
  }
  if (info.configs.empty()) {
    throw expected_error(ErrorCode::kConfig, folder.string(),
                         "a config file such as model_config.yaml", "none");
  }
  info.weights = inspect_weights(folder);
  return info;
}

}  // namespace hezar::host
