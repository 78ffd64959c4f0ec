#include <commands/plugin_why.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <cli/options.hpp>
#include <cli/session.hpp>
#include <commands/plugin_status.hpp>
#include <terminal/table.hpp>

#include <hezar/config/json.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

/// A plugin that has the module, or is the module's name.
struct Candidate {
  PluginInfo plugin;
  bool chosen = false;
};

std::vector<Candidate> candidates_of(const std::vector<PluginInfo>& plugins,
                                     const std::string& name,
                                     const std::optional<std::string>& first_party) {
  std::vector<Candidate> found;
  for (const PluginInfo& plugin : plugins) {
    const bool has_it = std::any_of(plugin.modules.begin(), plugin.modules.end(),
                                    [&](const ModuleInfo& module) { return module.name == name; });
    const bool would_have_it = is_broken(plugin.status) && first_party == plugin.name;
    if (!has_it && plugin.name != name && !would_have_it) continue;
    const bool usable =
        plugin.status == PluginStatus::kAvailable || plugin.status == PluginStatus::kLoaded;
    found.push_back({plugin, usable && has_it});
  }
  return found;
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

/// One line: who provides it, or why nobody does.
std::string verdict(const std::string& name, const std::vector<Candidate>& candidates,
                    const std::optional<std::string>& first_party) {
  const std::vector<const Candidate*> chosen = chosen_of(candidates);
  if (chosen.size() == 1) {
    return text::concat(name, " comes from the plugin ", chosen[0]->plugin.name, " (",
                        chosen[0]->plugin.path.string(), ")");
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
  for (const Candidate& candidate : candidates) {
    list.push_back({{"plugin", candidate.plugin.name},
                    {"path", candidate.plugin.path.string()},
                    {"status", to_string(candidate.plugin.status)},
                    {"chosen", candidate.chosen},
                    {"reason", candidate.plugin.reason}});
  }
  return {{"module", name},
          {"provider", chosen.size() == 1 ? boost::json::value(chosen[0]->plugin.name) : nullptr},
          {"first_party_plugin", or_null(first_party)},
          {"verdict", verdict(name, candidates, first_party)},
          {"candidates", list}};
}

std::string to_table(const std::vector<Candidate>& candidates, Style style) {
  Table table({"plugin", "status", "file", "reason"}, style, Table::Fit::kWrap);
  for (const Candidate& candidate : candidates) {
    table.add({candidate.plugin.name, std::string(to_string(candidate.plugin.status)),
               candidate.plugin.path.string(), candidate.plugin.reason});
  }
  return table.take();
}

}  // namespace

Description PluginWhyCommand::describe() const {
  return {"why",
          "Explain which plugin provides a module, and why others do not",
          {{"MODULE", "A module's name", true}},
          "hezar plugin why bert_text_classification"};
}

void PluginWhyCommand::declare_options(CLI::App& app) {
  add_flag(app, "--json", json_, "One JSON document");
}

int PluginWhyCommand::run(Session& session) {
  const std::string& name = session.positionals[0];
  const std::vector<PluginInfo> plugins = session.runtime().plugins().list();
  const std::optional<std::string> first_party = first_party_plugin(name);
  const std::vector<Candidate> candidates = candidates_of(plugins, name, first_party);
  if (json_) {
    session.out.write(json::write(to_json(name, candidates, first_party), 2) + "\n");
  } else {
    session.out.write(verdict(name, candidates, first_party) + "\n");
    if (!candidates.empty()) {
      session.out.write("\n" + to_table(candidates, session.style()));
    }
  }
  return chosen_of(candidates).empty() ? 1 : 0;
}

}  // namespace hezar::host
