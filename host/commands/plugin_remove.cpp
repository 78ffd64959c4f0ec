#include <commands/plugin_remove.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <cli/options.hpp>
#include <cli/session.hpp>

#include <hezar/config/json.hpp>
#include <hezar/log/log.hpp>
#include <hezar/plugin/store.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

std::vector<std::string> needed_by(const PluginHost& plugins, const std::string& name) {
  std::vector<std::string> out;
  for (const PluginInfo& plugin : plugins.list()) {
    const std::vector<std::string> needs = plugins.needs(plugin.name);
    if (std::find(needs.begin(), needs.end(), name) != needs.end()) out.push_back(plugin.name);
  }
  return out;
}

}  // namespace

Description PluginRemoveCommand::describe() const {
  return {"remove",
          "Remove a plugin that was installed",
          {{"NAME", "A plugin's name", true}},
          "hezar plugin remove my_plugin"};
}

void PluginRemoveCommand::declare_options(CLI::App& app) {
  add_flag(app, "--json", json_, "One JSON document");
}

int PluginRemoveCommand::run(Session& session) {
  const std::string& name = session.positionals[0];
  const PluginHost& plugins = session.runtime().plugins();
  PluginStore(plugins).remove(name);
  const std::vector<std::string> stranded = needed_by(plugins, name);
  if (!stranded.empty()) {
    log::warning(
        text::concat("without the plugin ", name, " cannot be used: ", text::join(stranded, ", ")));
  }
  const boost::json::object document = {
      {"name", name},
      {"removed", true},
      {"needed_by", boost::json::array(stranded.begin(), stranded.end())}};
  session.out.write((json_ ? json::write(document, 2) : text::concat("plugin ", name, " removed")) +
                    "\n");
  return 0;
}

}  // namespace hezar::host
