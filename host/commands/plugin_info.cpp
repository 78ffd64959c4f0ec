#include <commands/plugin_info.hpp>

#include <optional>
#include <string>
#include <utility>

#include <cli/options.hpp>
#include <cli/session.hpp>
#include <commands/known_plugins.hpp>
#include <commands/plugin_status.hpp>
#include <terminal/table.hpp>

#include <hezar/config/json.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

void print(Session& session, const KnownPlugin& known) {
  const PluginInfo& plugin = known.info;
  Table facts({"plugin", plugin.name}, session.style(), Table::Fit::kWrap);
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) facts.add({name, value});
  };
  add("version", plugin.version);
  add("license", plugin.license);
  add("file", plugin.path.string());
  add("status", std::string(to_string(plugin.status)));
  add("reason", plugin.reason);
  add("warning", plugin.warning);
  add("LibTorch", plugin.torch_version);
  add("needs", text::join(known.needs, ", "));
  if (known.installed) {
    add("installed", known.installed->installed_at);
    add("installed from", known.installed->source);
    add("sha256", known.installed->sha256);
  }
  session.out.write(facts.take());
  if (plugin.modules.empty()) return;
  Table modules({"module", "kind", "task", "description"}, session.style(), Table::Fit::kWrap);
  for (const ModuleInfo& module : plugin.modules) {
    modules.add(
        {module.name, std::string(to_string(module.kind)), module.task, module.description});
  }
  session.out.write("\n" + modules.take());
}

/// The usable plugin of that name, or else the first.
KnownPlugin find(const PluginHost& plugins, const std::string& name) {
  std::optional<KnownPlugin> first;
  for (KnownPlugin& plugin : known_plugins(plugins)) {
    if (plugin.info.name != name) continue;
    if (!is_broken(plugin.info.status)) return std::move(plugin);
    if (!first) first = std::move(plugin);
  }
  if (!first) first = KnownPlugin{find_plugin(plugins, name), {}, {}, {}};
  return *std::move(first);
}

}  // namespace

Description PluginInfoCommand::describe() const {
  return {"info",
          "What a plugin is and provides",
          {{"NAME", "A plugin's name", true}},
          "hezar plugin info bert"};
}

void PluginInfoCommand::declare_options(CLI::App& app) {
  add_flag(app, "--json", json_, "One JSON document");
}

int PluginInfoCommand::run(Session& session) {
  const KnownPlugin plugin = find(session.runtime().plugins(), session.positionals[0]);
  if (json_) {
    session.out.write(json::write(plugin.to_json(), 2) + "\n");
  } else {
    print(session, plugin);
  }
  return 0;
}

}  // namespace hezar::host
