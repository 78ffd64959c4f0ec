#include <commands/plugin_doctor.hpp>

#include <string>
#include <vector>

#include <cli/options.hpp>
#include <cli/session.hpp>
#include <commands/known_plugins.hpp>
#include <commands/plugin_directories.hpp>
#include <commands/plugin_status.hpp>
#include <commands/plugin_template.hpp>
#include <terminal/table.hpp>

#include <hezar/config/json.hpp>
#include <hezar/plugin/store.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

boost::json::object versions() {
  boost::json::object out = PluginHost::host_facts();
  out["compiler"] = __VERSION__;
  return out;
}

boost::json::object paths() {
  return {{"installed plugins", PluginStore::folder().string()},
          {"disabled plugins", PluginStore::settings_file().string()},
          {"templates", template_folder().string()}};
}

std::string facts_table(const char* title, const boost::json::object& facts, Style style) {
  Table table({title, "is"}, style, Table::Fit::kWrap);
  for (const auto& [what, value] : facts) {
    table.add({std::string(what),
               value.is_string() ? std::string(value.get_string()) : json::write(value)});
  }
  return table.take();
}

std::string files_table(const std::vector<KnownPlugin>& plugins, Style style) {
  Table table({"file", "plugin", "status", "reason"}, style, Table::Fit::kWrap);
  for (const KnownPlugin& known : plugins) {
    const PluginInfo& plugin = known.info;
    table.add({plugin.path.string(), plugin.name, std::string(to_string(plugin.status)),
               plugin.reason.empty() ? plugin.warning : plugin.reason});
  }
  return table.take();
}

std::string missing_table(const std::vector<MissingLibrary>& libraries, Style style) {
  if (libraries.empty()) return {};
  Table table({"missing library", "needed by", "looked in"}, style, Table::Fit::kWrap);
  for (const MissingLibrary& missing : libraries) {
    table.add({missing.library, missing.needed_by, text::join(missing.searched, ", ")});
  }
  return text::concat("\n", table.take());
}

boost::json::array missing_json(const std::vector<MissingLibrary>& libraries) {
  boost::json::array out;
  for (const MissingLibrary& missing : libraries) {
    out.push_back(
        {{"plugin", missing.plugin.string()},
         {"library", missing.library},
         {"needed_by", missing.needed_by},
         {"searched", boost::json::array(missing.searched.begin(), missing.searched.end())}});
  }
  return out;
}

}  // namespace

Description PluginDoctorCommand::describe() const {
  return {"doctor",
          "Show where plugins are looked for, what became of every file there, and what plugins "
          "must fit",
          {},
          "hezar plugin doctor"};
}

void PluginDoctorCommand::declare_options(CLI::App& app) {
  add_flag(app, "--json", json_, "One JSON document");
}

int PluginDoctorCommand::run(Session& session) {
  const PluginHost& host = session.runtime().plugins();
  const std::vector<KnownPlugin> plugins = known_plugins(host);
  if (json_) {
    boost::json::array files;
    for (const KnownPlugin& plugin : plugins) files.push_back(plugin.to_json());
    const boost::json::object document = {
        {"versions", versions()},
        {"paths", paths()},
        {"directories", directories_json(host)},
        {"files", files},
        {"missing_libraries", missing_json(host.missing_libraries())}};
    session.out.write(json::write(document, 2) + "\n");
    return 0;
  }
  const Style style = session.style();
  std::size_t broken = 0;
  for (const KnownPlugin& plugin : plugins) broken += is_broken(plugin.info.status) ? 1 : 0;
  session.out.write(text::concat(
      facts_table("what", versions(), style), "\n", facts_table("path of", paths(), style), "\n",
      directories_table(host, style), "\n", files_table(plugins, style),
      missing_table(host.missing_libraries(), style), "\nfiles: ", plugins.size(),
      ", that cannot be used: ", broken, "\n"));
  return 0;
}

}  // namespace hezar::host
