#include <commands/plugin.hpp>

#include <commands/plugin_doctor.hpp>
#include <commands/plugin_info.hpp>
#include <commands/plugin_list.hpp>
#include <commands/plugin_path.hpp>
#include <commands/plugin_why.hpp>

namespace hezar::host {

Description PluginCommand::describe() const {
  return {"plugin",
          "See which plugins there are, and why one is not used",
          {},
          "hezar plugin list\n"
          "hezar plugin why bert_text_classification"};
}

std::vector<std::unique_ptr<Command>> PluginCommand::verbs() {
  std::vector<std::unique_ptr<Command>> verbs;
  verbs.push_back(std::make_unique<PluginListCommand>());
  verbs.push_back(std::make_unique<PluginInfoCommand>());
  verbs.push_back(std::make_unique<PluginPathCommand>());
  verbs.push_back(std::make_unique<PluginWhyCommand>());
  verbs.push_back(std::make_unique<PluginDoctorCommand>());
  return verbs;
}

}  // namespace hezar::host
