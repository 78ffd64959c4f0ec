#include <commands/plugin_list.hpp>

#include <string>

#include <cli/options.hpp>
#include <cli/session.hpp>
#include <commands/plugin_status.hpp>
#include <terminal/table.hpp>

#include <hezar/config/json.hpp>
#include <hezar/plugin/host.hpp>

namespace hezar::host {

namespace {

std::string modules_of(const PluginInfo& plugin) {
  std::string names;
  for (const ModuleInfo& module : plugin.modules) {
    if (!names.empty()) names.append(", ");
    names.append(module.name);
  }
  return names;
}

std::string to_table(const std::vector<PluginInfo>& plugins, Style style) {
  Table table({"name", "version", "status", "provides, or why not"}, style, Table::Fit::kWrap);
  for (const PluginInfo& plugin : plugins) {
    table.add({plugin.name, plugin.version, std::string(to_string(plugin.status)),
               plugin.reason.empty() ? modules_of(plugin) : plugin.reason});
  }
  return table.take();
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
  add_flag(app, "--strict", strict_, "Exit with 1 where a plugin cannot be used");
  add_flag(app, "--json", json_, "One JSON document");
}

int PluginListCommand::run(Session& session) {
  std::vector<PluginInfo> plugins;
  bool any_broken = false;
  for (PluginInfo& plugin : session.runtime().plugins().list()) {
    if (plugin.status == PluginStatus::kNotAPlugin) continue;
    any_broken = any_broken || is_broken(plugin.status);
    plugins.push_back(std::move(plugin));
  }
  if (json_) {
    boost::json::array document;
    for (const PluginInfo& plugin : plugins) document.push_back(plugin.to_json());
    session.out.write(json::write(document, 2) + "\n");
  } else {
    session.out.write(to_table(plugins, session.style()));
  }
  return strict_ && any_broken ? 1 : 0;
}

}  // namespace hezar::host
