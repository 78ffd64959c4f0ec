#include <commands/plugin.hpp>

#include <commands/plugin_check.hpp>
#include <commands/plugin_disable.hpp>
#include <commands/plugin_doctor.hpp>
#include <commands/plugin_enable.hpp>
#include <commands/plugin_info.hpp>
#include <commands/plugin_install.hpp>
#include <commands/plugin_list.hpp>
#include <commands/plugin_new.hpp>
#include <commands/plugin_path.hpp>
#include <commands/plugin_remove.hpp>
#include <commands/plugin_why.hpp>

namespace hezar::host {

Description PluginCommand::describe() const {
  return {"plugin",
          "See which plugins there are and why one is not used, make, install and remove them",
          {},
          "hezar plugin list\n"
          "hezar plugin new metric my_metric\n"
          "hezar plugin why bert_text_classification"};
}

std::vector<std::unique_ptr<Command>> PluginCommand::verbs() {
  std::vector<std::unique_ptr<Command>> verbs;
  verbs.push_back(std::make_unique<PluginListCommand>());
  verbs.push_back(std::make_unique<PluginInfoCommand>());
  verbs.push_back(std::make_unique<PluginPathCommand>());
  verbs.push_back(std::make_unique<PluginWhyCommand>());
  verbs.push_back(std::make_unique<PluginDoctorCommand>());
  verbs.push_back(std::make_unique<PluginNewCommand>());
  verbs.push_back(std::make_unique<PluginInstallCommand>());
  verbs.push_back(std::make_unique<PluginRemoveCommand>());
  verbs.push_back(std::make_unique<PluginEnableCommand>());
  verbs.push_back(std::make_unique<PluginDisableCommand>());
  verbs.push_back(std::make_unique<PluginCheckCommand>());
  return verbs;
}

}  // namespace hezar::host
