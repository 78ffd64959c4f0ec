#include <commands/list.hpp>

#include <algorithm>
#include <vector>

#include <cli/options.hpp>
#include <cli/session.hpp>
#include <cli/usage_error.hpp>
#include <terminal/table.hpp>

#include <hezar/config/json.hpp>
#include <hezar/error/error.hpp>
#include <hezar/log/log.hpp>

namespace hezar::host {

namespace {

constexpr std::string_view kChoices = "models|preprocessors|datasets|embeddings|metrics|trainers";

std::vector<Kind> wanted_kinds(const std::vector<std::string>& positionals) {
  if (positionals.empty()) return {kKinds.begin(), kKinds.end()};
  try {
    return {parse_kind(positionals[0])};
  } catch (const Error& error) {
    throw UsageError(error.what());
  }
}

std::vector<ModuleInfo> with_task(const std::vector<ModuleInfo>& all, const std::string& task) {
  std::vector<ModuleInfo> found;
  std::vector<std::string> tasks;
  for (const ModuleInfo& info : all) {
    if (info.task == task) found.push_back(info);
    if (!info.task.empty()) tasks.push_back(info.task);
  }
  if (!found.empty()) return found;
  std::sort(tasks.begin(), tasks.end());
  tasks.erase(std::unique(tasks.begin(), tasks.end()), tasks.end());
  throw unknown_name_error(ErrorCode::kKey, "--task", "a task that a module has", task, tasks);
}

boost::json::value or_null(const std::string& text) {
  return text.empty() ? boost::json::value(nullptr) : boost::json::value(text);
}

boost::json::array to_json_list(const std::vector<ModuleInfo>& modules) {
  boost::json::array out;
  for (const ModuleInfo& info : modules) {
    out.push_back({{"name", info.name},
                   {"kind", to_string(info.kind)},
                   {"task", or_null(info.task)},
                   {"plugin", info.plugin},
                   {"description", info.description}});
  }
  return out;
}

std::string to_table(const std::vector<ModuleInfo>& modules, Style style) {
  Table table({"name", "kind", "task", "plugin", "description"}, style, Table::Fit::kWrap);
  for (const ModuleInfo& info : modules) {
    table.add(
        {info.name, std::string(to_string(info.kind)), info.task, info.plugin, info.description});
  }
  return table.take();
}

}  // namespace

Description ListCommand::describe() const {
  return {"list",
          "List the modules that plugins provide",
          {{"KIND", "What to list (default: everything)", false, false, kChoices}},
          "hezar list\n"
          "hezar list models --task text_classification\n"
          "hezar list --json"};
}

void ListCommand::declare_options(CLI::App& app) {
  add_text(app, "--task", task_, "TASK", "Only modules for this task");
  add_flag(app, "--json", json_, "One JSON document");
}

int ListCommand::run(Session& session) {
  std::vector<ModuleInfo> modules;
  for (const Kind kind : wanted_kinds(session.positionals)) {
    for (ModuleInfo& info : session.runtime().list(kind)) modules.push_back(std::move(info));
  }
  if (modules.empty())
    log::warning("No modules found. See where they are looked for: hezar plugin doctor");
  if (!task_.empty() && !modules.empty()) modules = with_task(modules, task_);
  if (json_) {
    session.out.write(json::write(to_json_list(modules), 2) + "\n");
  } else if (!modules.empty()) {
    session.out.write(to_table(modules, session.style()));
  }
  return 0;
}

}  // namespace hezar::host
