#include <commands/plugin_list.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <cli/options.hpp>
#include <cli/session.hpp>
#include <commands/known_plugins.hpp>
#include <commands/plugin_status.hpp>
#include <terminal/table.hpp>

#include <hezar/config/json.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

std::string provides(const PluginInfo& plugin) {
  if (!plugin.reason.empty()) return plugin.reason;
  std::vector<std::string> names;
  for (const ModuleInfo& module : plugin.modules) names.push_back(module.name);
  std::string out = text::join(names, ", ");
  if (!plugin.warning.empty()) out.append(text::concat(" (warning: ", plugin.warning, ")"));
  return out;
}

std::string to_table(const std::vector<KnownPlugin>& plugins, Style style) {
  Table table({"name", "version", "status", "provides, or why not"}, style, Table::Fit::kWrap);
  for (const auto& [plugin, source, needs, installed] : plugins) {
    table.add(
        {plugin.name, plugin.version, std::string(to_string(plugin.status)), provides(plugin)});
  }
  return table.take();
}

/// Whether a user should look at it.
bool is_suspect(const KnownPlugin& plugin) {
  const bool changed = plugin.installed && !plugin.installed->change.empty();
  return changed || is_broken(plugin.info.status);
}

}  // namespace

Description PluginListCommand::describe() const {
  return {"list",
          "List the plugins that were found, also those that cannot be used",
          {},
          "hezar plugin list\n"
          "hezar plugin list --strict --json"};
}

void PluginListCommand::declare_options(CLI::App& app) {
  add_flag(app, "--strict", strict_, "Exit with 1 where a plugin cannot be used, or changed");
  add_flag(app, "--json", json_, "One JSON document");
}

int PluginListCommand::run(Session& session) {
  std::vector<KnownPlugin> plugins = known_plugins(session.runtime().plugins());
  std::erase_if(plugins, [](const KnownPlugin& plugin) {
    return plugin.info.status == PluginStatus::kNotAPlugin;
  });
  if (json_) {
    boost::json::array document;
    for (const KnownPlugin& plugin : plugins) document.push_back(plugin.to_json());
    session.out.write(json::write(document, 2) + "\n");
  } else {
    session.out.write(to_table(plugins, session.style()));
  }
  const bool any_suspect = std::any_of(plugins.begin(), plugins.end(), is_suspect);
  return strict_ && any_suspect ? 1 : 0;
}

}  // namespace hezar::host
