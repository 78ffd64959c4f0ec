#include <commands/plugin_status.hpp>

#include <vector>

namespace hezar::host {

bool is_broken(PluginStatus status) {
  switch (status) {
    case PluginStatus::kAvailable:
    case PluginStatus::kLoaded:
    case PluginStatus::kShadowed:
    case PluginStatus::kNotAPlugin:
    case PluginStatus::kDisabled:
      return false;
    default:
      return true;
  }
}

bool is_usable(PluginStatus status) {
  return status == PluginStatus::kAvailable || status == PluginStatus::kLoaded;
}

PluginInfo find_plugin(const PluginHost& plugins, std::string_view name) {
  if (std::optional<PluginInfo> found = plugins.find(name)) return *std::move(found);
  std::vector<std::string> names;
  for (const PluginInfo& plugin : plugins.list()) {
    if (plugin.name == name) return plugin;  // one that cannot be used
    if (plugin.status != PluginStatus::kNotAPlugin) names.push_back(plugin.name);
  }
  throw unknown_name_error(ErrorCode::kKey, "plugin", "the name of a plugin", name, names,
                           "See where they are looked for: hezar plugin doctor");
}

}  // namespace hezar::host
