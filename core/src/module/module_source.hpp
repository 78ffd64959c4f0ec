#pragma once

#include <filesystem>
#include <string>

#include <hezar/config/config.hpp>
#include <hezar/hub/download.hpp>
#include <hezar/module/options.hpp>
#include <hezar/registry/kind.hpp>
#include <hezar/registry/runtime.hpp>

namespace hezar {

/// The runtime that `options` name.
[[nodiscard]] Runtime& runtime_of(const LoadOptions& options);

/// The folder of a path or repo; of a repo, with the selected files.
[[nodiscard]] std::filesystem::path fetch_files(const std::string& path_or_repo,
                                                const std::string& revision,
                                                const hub::FileSelection& files,
                                                const LoadOptions& options);

/// Which config a module is loaded from.
struct SourcePlace {
  Kind kind;
  std::string subfolder;
  std::string config_filename;
};

/// A repo from which a module can be built.
struct ModuleSource {
  std::filesystem::path folder;  ///< of the repo; its files are there
  ConfigValues values;
  std::string name;  ///< in the registry

  template <class T>
  [[nodiscard]] std::unique_ptr<T> build(const LoadOptions& options, bool weights_follow) const {
    Runtime& runtime = runtime_of(options);
    const BuildContext context{runtime, options.device, options.precision, folder, weights_follow};
    return runtime.build<T>(name, values, context);
  }
};

/// Finds a module's config in a folder or repo; of a repo, downloads `files` and those that the
/// module's class declares.
/// @throws Error kConfig where there is no such config, or one of another kind; kHub, kIo.
[[nodiscard]] ModuleSource find_source(const std::string& path_or_repo, const SourcePlace& place,
                                       const hub::FileSelection& files, const LoadOptions& options);

/// The `name` of a config file of `kind`.
/// @throws Error kConfig where the file has none, or says that it is of another kind.
[[nodiscard]] std::string config_name(const ConfigValues& values, Kind kind);

}  // namespace hezar
