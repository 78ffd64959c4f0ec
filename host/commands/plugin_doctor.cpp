#include <commands/plugin_doctor.hpp>

#include <string>

#include <boost/version.hpp>

#include <cli/options.hpp>
#include <cli/session.hpp>
#include <commands/plugin_directories.hpp>
#include <commands/plugin_status.hpp>
#include <terminal/table.hpp>

#include <hezar/config/json.hpp>
#include <hezar/plugin/descriptor.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

boost::json::object versions() {
  return {{"hezar", HEZAR_VERSION},
          {"abi_epoch", kAbiEpoch},
          {"boost", text::concat(BOOST_VERSION / 100000, ".", BOOST_VERSION / 100 % 1000)},
          {"compiler", __VERSION__}};
}

std::string files_table(const std::vector<PluginInfo>& plugins, Style style) {
  Table table({"file", "plugin", "status", "reason"}, style, Table::Fit::kWrap);
  for (const PluginInfo& plugin : plugins) {
    table.add(
        {plugin.path.string(), plugin.name, std::string(to_string(plugin.status)), plugin.reason});
  }
  return table.take();
}

}  // namespace

Description PluginDoctorCommand::describe() const {
  return {"doctor",
          "Show where plugins are looked for and what became of every file there",
          {},
          "hezar plugin doctor"};
}

void PluginDoctorCommand::declare_options(CLI::App& app) {
  add_flag(app, "--json", json_, "One JSON document");
}

int PluginDoctorCommand::run(Session& session) {
  const PluginHost& host = session.runtime().plugins();
  const std::vector<PluginInfo> plugins = host.list();
  if (json_) {
    boost::json::array files;
    for (const PluginInfo& plugin : plugins) files.push_back(plugin.to_json());
    const boost::json::object document = {
        {"versions", versions()}, {"directories", directories_json(host)}, {"files", files}};
    session.out.write(json::write(document, 2) + "\n");
    return 0;
  }
  Table table({"what", "version"}, session.style());
  for (const auto& [what, version] : versions()) {
    table.add({std::string(what),
               version.is_string() ? std::string(version.get_string()) : json::write(version)});
  }
  std::size_t broken = 0;
  for (const PluginInfo& plugin : plugins) broken += is_broken(plugin.status) ? 1 : 0;
  session.out.write(text::concat(table.take(), "\n", directories_table(host, session.style()), "\n",
                                 files_table(plugins, session.style()), "\nfiles: ", plugins.size(),
                                 ", that cannot be used: ", broken, "\n"));
  return 0;
}

}  // namespace hezar::host
