#include <commands/plugin_disable.hpp>

#include <string>

#include <cli/options.hpp>
#include <cli/session.hpp>

#include <hezar/config/json.hpp>
#include <hezar/plugin/store.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

Description PluginDisableCommand::describe() const {
  return {"disable",
          "Stop using a plugin, wherever it lies, until it is enabled",
          {{"NAME", "A plugin's name", true}},
          "hezar plugin disable my_plugin"};
}

void PluginDisableCommand::declare_options(CLI::App& app) {
  add_flag(app, "--json", json_, "One JSON document");
}

int PluginDisableCommand::run(Session& session) {
  const std::string& name = session.positionals[0];
  const bool changed = PluginStore(session.runtime().plugins()).set_enabled(name, false);
  const boost::json::object document = {{"name", name}, {"enabled", false}, {"changed", changed}};
  const char* what = changed ? " disabled" : " was disabled already";
  session.out.write((json_ ? json::write(document, 2) : text::concat("plugin ", name, what)) +
                    "\n");
  return 0;
}

}  // namespace hezar::host
