#include <commands/plugin_install.hpp>

#include <string>

#include <cli/options.hpp>
#include <cli/session.hpp>

#include <hezar/config/json.hpp>
#include <hezar/plugin/store.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

Description PluginInstallCommand::describe() const {
  return {"install",
          "Check a plugin and copy it to the user's plugins",
          {{"FILE|DIR", "A plugin's file, or a folder with one and what it brings along", true}},
          "hezar plugin install ./my_plugin.so\n"
          "hezar plugin install ./my_plugin --replace"};
}

void PluginInstallCommand::declare_options(CLI::App& app) {
  add_flag(app, "--replace", replace_, "Put it in the place of a plugin of that name");
  add_flag(app, "--json", json_, "One JSON document");
}

int PluginInstallCommand::run(Session& session) {
  const PluginStore store(session.runtime().plugins());
  InstallOptions options;
  options.replace = replace_;
  const InstalledPlugin plugin = store.install(session.positionals[0], options);
  if (json_) {
    session.out.write(json::write(plugin.to_json(), 2) + "\n");
    return 0;
  }
  session.out.write(text::concat("plugin ", plugin.name, " ", plugin.version, " installed: ",
                                 plugin.file().string(), "\nsha256 ", plugin.sha256, "\n"));
  return 0;
}

}  // namespace hezar::host
