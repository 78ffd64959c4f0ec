#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <hezar/plugin/host.hpp>
#include <plugin/compatibility.hpp>
#include <plugin/dependencies.hpp>
#include <plugin/disabled_plugins.hpp>
#include <plugin/plugin_file.hpp>

namespace hezar::plugin {

/// A file of a plugin folder, and all that is known of it without opening it.
struct FoundPlugin {
  PluginInfo info;
  PluginFile file;  ///< empty where `info.status` is not kAvailable by its file
  std::vector<std::string> dependencies;
  std::optional<MissingDependency> missing;  ///< the first library that was not found

  [[nodiscard]] bool usable() const noexcept {
    return info.status == PluginStatus::kAvailable || info.status == PluginStatus::kLoaded;
  }
  /// Sets status and `<file>: <reason>`.
  void refuse(PluginStatus status, const std::string& reason);
};

/// Reads one file; what is wrong with it ends up in its status and reason.
[[nodiscard]] FoundPlugin inspect(const std::filesystem::path& file, const HostAbi& host,
                                  DependencyWalk& walk);

/// Reads every candidate of the folders in order, and marks what lies in a folder that is not used,
/// what the user disabled, what an earlier one of its name shadows, and what needs a plugin that
/// cannot be used.
[[nodiscard]] std::vector<FoundPlugin> discover(const std::vector<PluginDirectory>& directories,
                                                const RuntimeOptions& options, const HostAbi& host,
                                                const PluginNames& disabled);

}  // namespace hezar::plugin
