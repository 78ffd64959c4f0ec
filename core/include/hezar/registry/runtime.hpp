#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <hezar/api.hpp>
#include <hezar/registry/kind.hpp>
#include <hezar/registry/registry.hpp>

namespace hezar {

class PluginHost;

struct RuntimeOptions {
  std::vector<std::filesystem::path> plugin_dirs;  ///< searched first, in order
  bool default_plugin_dirs =
      true;                        ///< also $HEZAR_PLUGIN_PATH, the user's and the installed folder
  bool allow_unsafe_dirs = false;  ///< use folders that others may write to
  bool first_party_only = false;   ///< only what came with hezar (`--safe`)
  int threads = 0;                 ///< of compute; 0: all cores
};

/// Owns the registries, the plugins and the thread budget. Tests make their own; programs use the
/// default one.
///
/// Plugins stay open until the process ends, so modules may outlive the runtime that built them.
/// @thread safe for concurrent calls.
class HEZAR_API Runtime {
 public:
  explicit Runtime(RuntimeOptions options = {});
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  /// Made on first use. configure_default must come before that.
  [[nodiscard]] static Runtime& default_runtime();
  /// @throws Error kValue when the default runtime already exists.
  static void configure_default(RuntimeOptions options);

  [[nodiscard]] Registry<Model>& models() noexcept;
  [[nodiscard]] Registry<Preprocessor>& preprocessors() noexcept;
  [[nodiscard]] Registry<Dataset>& datasets() noexcept;
  [[nodiscard]] Registry<Embedding>& embeddings() noexcept;
  [[nodiscard]] Registry<Metric>& metrics() noexcept;
  [[nodiscard]] Registry<Trainer>& trainers() noexcept;

  [[nodiscard]] PluginHost& plugins() noexcept;

  /// Modules of a kind, of plugins open or not, sorted by name. Opens nothing.
  [[nodiscard]] std::vector<ModuleInfo> list(Kind kind) const;
  /// @throws Error kKey with the nearest names, and the plugin that would bring a first-party one.
  [[nodiscard]] ModuleInfo info(Kind kind, std::string_view name) const;

  /// Builds a module, opening the plugin that provides it.
  template <class T>
  [[nodiscard]] std::unique_ptr<T> build(std::string_view name, const ConfigValues& values,
                                         const BuildContext& context);

  [[nodiscard]] int threads() const noexcept;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hezar
