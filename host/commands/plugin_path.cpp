#include <commands/plugin_path.hpp>

#include <cli/options.hpp>
#include <cli/session.hpp>
#include <commands/plugin_directories.hpp>
#include <commands/plugin_status.hpp>

#include <hezar/config/json.hpp>

namespace hezar::host {

Description PluginPathCommand::describe() const {
  return {"path",
          "Print the folders that are searched, or the file of a plugin",
          {{"NAME", "A plugin's name", false}},
          "hezar plugin path\n"
          "hezar plugin path bert"};
}

void PluginPathCommand::declare_options(CLI::App& app) {
  add_flag(app, "--json", json_, "One JSON document");
}

int PluginPathCommand::run(Session& session) {
  const PluginHost& plugins = session.runtime().plugins();
  if (session.positionals.empty()) {
    session.out.write(json_ ? json::write(directories_json(plugins), 2) + "\n"
                            : directories_table(plugins, session.style()));
    return 0;
  }
  const PluginInfo plugin = find_plugin(plugins, session.positionals[0]);
  const boost::json::object document = {{"name", plugin.name}, {"path", plugin.path.string()}};
  session.out.write((json_ ? json::write(document, 2) : plugin.path.string()) + "\n");
  return 0;
}

}  // namespace hezar::host
