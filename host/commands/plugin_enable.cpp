#include <commands/plugin_enable.hpp>

#include <string>

#include <cli/options.hpp>
#include <cli/session.hpp>

#include <hezar/config/json.hpp>
#include <hezar/plugin/store.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

Description PluginEnableCommand::describe() const {
  return {"enable",
          "Use a plugin again that was disabled",
          {{"NAME", "A plugin's name", true}},
          "hezar plugin enable my_plugin"};
}

void PluginEnableCommand::declare_options(CLI::App& app) {
  add_flag(app, "--json", json_, "One JSON document");
}

int PluginEnableCommand::run(Session& session) {
  const std::string& name = session.positionals[0];
  const bool changed = PluginStore(session.runtime().plugins()).set_enabled(name, true);
  const boost::json::object document = {{"name", name}, {"enabled", true}, {"changed", changed}};
  const char* what = changed ? " enabled" : " was not disabled";
  session.out.write((json_ ? json::write(document, 2) : text::concat("plugin ", name, what)) +
                    "\n");
  return 0;
}

}  // namespace hezar::host
