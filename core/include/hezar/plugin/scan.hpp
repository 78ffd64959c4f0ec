#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include <hezar/api.hpp>
#include <hezar/plugin/host.hpp>
#include <hezar/registry/registry.hpp>

namespace hezar {

/// What opening a plugin showed.
struct PluginScan {
  PluginStatus status = PluginStatus::kAvailable;
  std::string reason;  ///< `<what>. <what to do>` where it cannot be used
  std::vector<ModuleInfo> modules;

  [[nodiscard]] HEZAR_API boost::json::object to_json() const;
  /// @throws Error kFormat for anything that to_json did not write.
  [[nodiscard]] HEZAR_API static PluginScan from_json(const boost::json::value& json,
                                                      std::string_view plugin);
};

/// Opens a plugin in this process and asks what it registers; what `hezar-plugin-scan` runs.
/// Whatever the plugin does (crash, hang, print, exit) happens to this process.
/// @param on_stage  called with "open" and "register" just before each.
[[nodiscard]] HEZAR_API PluginScan scan_plugin(
    const std::filesystem::path& file, const std::function<void(std::string_view stage)>& on_stage);

}  // namespace hezar
