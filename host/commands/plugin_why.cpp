#include <commands/plugin_why.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <cli/options.hpp>
#include <cli/session.hpp>
#include <commands/known_plugins.hpp>
#include <commands/plugin_directories.hpp>
#include <commands/plugin_status.hpp>
#include <terminal/table.hpp>

#include <hezar/config/json.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

/// A plugin that has the module, or is the module's name.
struct Candidate {
  KnownPlugin plugin;
  bool chosen = false;
};

std::vector<Candidate> candidates_of(const std::vector<KnownPlugin>& plugins,
                                     const std::string& name,
                                     const std::optional<std::string>& first_party) {
  std::vector<Candidate> found;
  for (const KnownPlugin& known : plugins) {
    const PluginInfo& plugin = known.info;
    const bool has_it = std::any_of(plugin.modules.begin(), plugin.modules.end(),
                                    [&](const ModuleInfo& module) { return module.name == name; });
    const bool would_have_it = is_broken(plugin.status) && first_party == plugin.name;
    if (!has_it && plugin.name != name && !would_have_it) continue;
    found.push_back({known, is_usable(plugin.status) && has_it});
  }
  return found;
}

/// Asked by the name of a plugin that has no module of that name, who provides the plugin.
void choose_plugin(const std::string& name, std::vector<Candidate>& candidates) {
  const auto found =
      std::find_if(candidates.begin(), candidates.end(), [&](const Candidate& candidate) {
        return candidate.plugin.info.name == name && is_usable(candidate.plugin.info.status);
      });
  if (found != candidates.end()) found->chosen = true;
}

std::optional<std::string> first_party_plugin(const std::string& name) {
  for (const Kind kind : kKinds) {
    if (auto plugin = PluginHost::first_party_provider(kind, name)) return plugin;
  }
  return std::nullopt;
}

boost::json::value or_null(const std::optional<std::string>& text) {
  return text ? boost::json::value(*text) : boost::json::value(nullptr);
}

std::vector<const Candidate*> chosen_of(const std::vector<Candidate>& candidates) {
  std::vector<const Candidate*> chosen;
  for (const Candidate& candidate : candidates) {
    if (candidate.chosen) chosen.push_back(&candidate);
  }
  return chosen;
}

/// Why the chosen one and not another.
std::string why_it_won(const Candidate& chosen, const std::vector<Candidate>& candidates) {
  if (candidates.size() == 1) return "no other has it";
  const bool shadows =
      std::any_of(candidates.begin(), candidates.end(), [](const Candidate& candidate) {
        return candidate.plugin.info.status == PluginStatus::kShadowed;
      });
  if (!shadows) return "the others cannot be used";
  return text::concat("found first: ", describe_source(chosen.plugin.source), " is searched first");
}

/// One line: who provides it, or why nobody does.
std::string verdict(const std::string& name, const std::vector<Candidate>& candidates,
                    const std::optional<std::string>& first_party) {
  const std::vector<const Candidate*> chosen = chosen_of(candidates);
  if (chosen.size() == 1) {
    const PluginInfo& plugin = chosen[0]->plugin.info;
    const std::string won = why_it_won(*chosen[0], candidates);
    if (plugin.name == name) {
      return text::concat("the plugin ", name, " comes from ", plugin.path.string(), "; ", won);
    }
    return text::concat(name, " comes from the plugin ", plugin.name, " (", plugin.path.string(),
                        "); ", won);
  }
  if (chosen.size() > 1) {
    return text::concat(name, " comes from ", chosen.size(),
                        " plugins: choose one by PLUGIN:", name);
  }
  if (!candidates.empty()) return text::concat("no plugin that can be used provides ", name);
  if (first_party) {
    return text::concat(name, " comes with the plugin ", *first_party, ", which was not found");
  }
  return text::concat("no plugin provides ", name);
}

boost::json::object to_json(const std::string& name, const std::vector<Candidate>& candidates,
                            const std::optional<std::string>& first_party) {
  const std::vector<const Candidate*> chosen = chosen_of(candidates);
  boost::json::array list;
  for (const auto& [plugin, is_chosen] : candidates) {
    list.push_back({{"plugin", plugin.info.name},
                    {"version", plugin.info.version},
                    {"path", plugin.info.path.string()},
                    {"from", plugin.source},
                    {"installed", plugin.installed.has_value()},
                    {"status", to_string(plugin.info.status)},
                    {"chosen", is_chosen},
                    {"reason", plugin.info.reason},
                    {"warning", plugin.info.warning}});
  }
  return {
      {"module", name},
      {"provider", chosen.size() == 1 ? boost::json::value(chosen[0]->plugin.info.name) : nullptr},
      {"first_party_plugin", or_null(first_party)},
      {"verdict", verdict(name, candidates, first_party)},
      {"candidates", list}};
}

std::string to_table(const std::vector<Candidate>& candidates, Style style) {
  Table table({"plugin", "version", "status", "from", "file", "reason"}, style, Table::Fit::kWrap);
  for (const auto& [plugin, is_chosen] : candidates) {
    const PluginInfo& info = plugin.info;
    const char* source = plugin.installed ? "installed by the user" : plugin.source.c_str();
    table.add({info.name, info.version, std::string(to_string(info.status)), source,
               info.path.string(), info.reason.empty() ? info.warning : info.reason});
  }
  return table.take();
}

}  // namespace

Description PluginWhyCommand::describe() const {
  return {"why",
          "Explain which plugin provides a module or which file a plugin, and why others do not",
          {{"NAME", "A module's name, or a plugin's", true}},
          "hezar plugin why bert_text_classification\n"
          "hezar plugin why bert"};
}

void PluginWhyCommand::declare_options(CLI::App& app) {
  add_flag(app, "--json", json_, "One JSON document");
}

int PluginWhyCommand::run(Session& session) {
  const std::string& name = session.positionals[0];
  const std::vector<KnownPlugin> plugins = known_plugins(session.runtime().plugins());
  const std::optional<std::string> first_party = first_party_plugin(name);
  std::vector<Candidate> candidates = candidates_of(plugins, name, first_party);
  if (chosen_of(candidates).empty()) choose_plugin(name, candidates);
  if (json_) {
    session.out.write(json::write(to_json(name, candidates, first_party), 2) + "\n");
  } else {
    session.out.write(verdict(name, candidates, first_party) + "\n");
    if (!candidates.empty()) {
      session.out.write(text::concat("\n", to_table(candidates, session.style())));
    }
  }
  return chosen_of(candidates).empty() ? 1 : 0;
}

}  // namespace hezar::host
