#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include <hezar/api.hpp>
#include <hezar/plugin/host.hpp>
#include <hezar/registry/registry.hpp>

namespace hezar {

class Registrar;
class Runtime;

/// What opening a plugin showed.
struct PluginScan {
  PluginStatus status = PluginStatus::kAvailable;
  std::string reason;  ///< `<what>. <what to do>` where it cannot be used
  std::vector<ModuleInfo> modules;

  [[nodiscard]] HEZAR_API boost::json::object to_json() const;
  /// @throws Error kFormat for anything that to_json did not write.
  [[nodiscard]] HEZAR_API static PluginScan from_json(const boost::json::value& scan,
                                                      std::string_view plugin);
};

/// Told of a stage just before it: "torch" where LibTorch is opened first, "open", "register".
using ScanStage = std::function<void(std::string_view stage)>;

/// Opens a plugin in this process and asks what it registers; what `hezar-plugin-scan` runs.
/// Whatever the plugin does (crash, hang, print, exit) happens to this process.
[[nodiscard]] HEZAR_API PluginScan scan_plugin(const std::filesystem::path& file,
                                               const ScanStage& on_stage);

/// As scan_plugin, but gives the factories too. Each call runs the plugin's entry again.
/// @throws Error kPlugin with the reason of PluginScan.
[[nodiscard]] HEZAR_API std::unique_ptr<Registrar> register_plugin(
    const std::filesystem::path& file, const ScanStage& on_stage);

/// Adds what register_plugin() gave to a runtime's registries: all of it, or nothing.
/// @throws Error kPlugin where one of its names is there already.
HEZAR_API void add_modules(Runtime& runtime, const Registrar& registrar);

/// A program that lies beside libhezar: "hezar-plugin-scan", "hezar-plugin-check".
[[nodiscard]] HEZAR_API std::filesystem::path plugin_program(std::string_view name);

}  // namespace hezar
