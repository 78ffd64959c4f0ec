#include <module/module_source.hpp>

#include <system_error>

#include <config/same_type.hpp>
#include <hezar/config/json.hpp>
#include <hezar/config/yaml.hpp>
#include <hezar/error/error.hpp>
#include <hezar/module/transformers_repo.hpp>
#include <hezar/text/concat.hpp>
#include <registry/aliases.hpp>

namespace hezar {

namespace {

namespace fs = std::filesystem;

ConfigValues read_config_file(const fs::path& folder, const SourcePlace& place,
                              const LoadOptions& options) {
  const fs::path file = folder / place.subfolder / place.config_filename;
  if (fs::is_regular_file(file))
    return {yaml::read_mapping(file), options.overrides, file.string()};
  if (place.kind == Kind::kModel && options.config_filename.empty() &&
      fs::is_regular_file(folder / kTransformersConfig)) {
    ConfigValues values = read_transformers_config(folder, runtime_of(options));
    values.overrides = options.overrides;
    return values;
  }
  throw expected_error(
      ErrorCode::kConfig, folder.string(),
      text::concat("a ", to_string(place.kind), " folder with ",
                   (fs::path(place.subfolder) / place.config_filename).string()),
      "none", text::concat("Give the folder that the ", to_string(place.kind), " was saved to."));
}

/// What the plugin declares beyond its family's files, below the subfolder.
std::vector<std::string> declared_files(const ModuleSource& source, const SourcePlace& place,
                                        const LoadOptions& options) {
  std::vector<std::string> out;
  for (const std::string& file : runtime_of(options).info(place.kind, source.name).files)
    out.push_back((fs::path(place.subfolder) / file).generic_string());
  return out;
}

/// Says which plugin would bring a module that is not there, where the config does: whoever wrote
/// it knew. Nothing is fetched: native code is never downloaded and run in one step.
void check_known(const ModuleSource& source, const SourcePlace& place, const LoadOptions& options) {
  try {
    static_cast<void>(runtime_of(options).info(place.kind, source.name));
  } catch (const Error& e) {
    const auto plugin = json::find_text(source.values.file, "plugin");
    if (e.code() != ErrorCode::kKey || !plugin) throw;
    throw Error(e.code(), e.message(),
                text::concat(e.hint(), e.hint().empty() ? "" : " ", source.values.origin,
                             " says that it comes with the plugin \"", *plugin,
                             "\". Plugins are never downloaded: get it from whom you trust, then "
                             "hezar plugin install FILE"));
  }
}

}  // namespace

Runtime& runtime_of(const LoadOptions& options) {
  return options.runtime != nullptr ? *options.runtime : Runtime::default_runtime();
}

fs::path fetch_files(const std::string& path_or_repo, const std::string& revision,
                     const hub::FileSelection& files, const LoadOptions& options) {
  hub::ResolveOptions wanted;
  wanted.revision = revision;
  wanted.files = files;
  wanted.hub = options.hub;
  wanted.hub.cache_dir = options.cache_dir;
  return hub::resolve(path_or_repo, wanted);
}

ModuleSource find_source(const std::string& path_or_repo, const SourcePlace& place,
                         const hub::FileSelection& files, const LoadOptions& options) {
  ModuleSource source;
  source.folder = fetch_files(path_or_repo, options.revision, files, options);
  source.values = read_config_file(source.folder, place, options);
  use_current_name(source.values.file);
  source.name = config_name(source.values, place.kind);
  check_known(source, place, options);
  std::error_code ignored;
  if (fs::is_directory(path_or_repo, ignored)) return source;
  // The folder of a repo is named after its commit: asked by that, nothing cached costs a request.
  if (const std::vector<std::string> more = declared_files(source, place, options); !more.empty())
    source.folder =
        fetch_files(path_or_repo, source.folder.filename().string(), {more, {}, {}}, options);
  return source;
}

std::string config_name(const ConfigValues& values, Kind kind) {
  const auto type = json::find_text(values.file, "config_type");
  const std::string_view wanted = to_string(kind);
  if (type && !same_type(*type, wanted) && !same_type(*type, "base")) {
    throw expected_error(ErrorCode::kConfig, text::concat(values.origin, ": config_type"),
                         text::concat('"', wanted, '"'), text::concat('"', *type, '"'),
                         "The file configures a module of another kind.");
  }
  std::string name = json::text_of(values.file, "name");
  if (!name.empty()) return name;
  throw expected_error(ErrorCode::kConfig, text::concat(values.origin, ": name"),
                       text::concat("the registry name of a ", wanted),
                       values.file.contains("name") ? "no name" : "nothing", "See hezar list.");
}

}  // namespace hezar
