#include <commands/info.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <cli/options.hpp>
#include <cli/session.hpp>
#include <commands/folder_info.hpp>
#include <commands/repo_folder.hpp>
#include <terminal/table.hpp>

#include <hezar/config/json.hpp>
#include <hezar/error/error.hpp>
#include <hezar/module/model.hpp>
#include <hezar/plugin/host.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

/// The module of that name, of whatever kind; nothing where there is none.
std::optional<ModuleInfo> find_module(const Runtime& runtime, const std::string& name) {
  for (const Kind kind : kKinds) {
    try {
      return runtime.info(kind, name);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kKey) throw;
    }
  }
  return std::nullopt;
}

Error unknown_module(const Runtime& runtime, const std::string& name) {
  std::vector<std::string> names;
  std::string hint = "A path needs a slash: ./" + name;
  for (const Kind kind : kKinds) {
    for (const ModuleInfo& info : runtime.list(kind)) names.push_back(info.name);
    if (const auto plugin = PluginHost::first_party_provider(kind, name)) {
      hint = text::concat("It comes with the plugin ", *plugin,
                          ", which was not found or cannot be used. See hezar plugin why ", name);
    }
  }
  return unknown_name_error(ErrorCode::kKey, "info", "the name of a module, or a path", name, names,
                            hint);
}

std::string text_of(const boost::json::object& field, std::string_view key) {
  const boost::json::value* value = field.if_contains(key);
  if (value == nullptr) return {};
  return value->is_string() ? std::string(value->get_string()) : json::write(*value);
}

bool is_set(const boost::json::object& field, std::string_view key) {
  const boost::json::value* value = field.if_contains(key);
  return value != nullptr && value->is_bool() && value->get_bool();
}

std::string default_of(const boost::json::object& field) {
  const boost::json::value* value = field.if_contains("default");
  if (is_set(field, "required") || value == nullptr) return "(required)";
  return json::write(*value);
}

std::string fields_table(const boost::json::array& fields, const char* title, Style style) {
  Table table({title, "type", "default", "what it is"}, style, Table::Fit::kWrap);
  for (const boost::json::value& value : fields) {
    const boost::json::object& field = value.as_object();
    table.add(
        {text_of(field, "name"), text_of(field, "type"), default_of(field), text_of(field, "doc")});
  }
  return table.take();
}

void print_module(Session& session, const ModuleInfo& info) {
  Output& out = session.out;
  out.write(text::concat(info.name, ": ", to_string(info.kind),
                         info.task.empty() ? "" : ", " + info.task, ", from the plugin ",
                         info.plugin, "\n"));
  if (!info.description.empty()) out.write(info.description + "\n");
  if (!info.fields.empty()) {
    out.write("\n" + fields_table(info.fields, "config field", session.style()));
  }
  if (!info.options.empty()) {
    out.write("\n" + fields_table(info.options,
                                  info.kind == Kind::kModel ? "option of predict" : "option",
                                  session.style()));
  }
}

void print_folder(Session& session, const FolderInfo& folder) {
  session.out.write(folder.path + "\n\n");
  Table table({"file", "kind", "name", "plugin, or what is wrong"}, session.style(),
              Table::Fit::kWrap);
  for (const ConfigFile& config : folder.configs) {
    table.add({config.file, config.kind, config.name,
               config.problem.empty() ? config.plugin : config.problem});
  }
  session.out.write(table.take());
  if (!folder.weights) return;
  const WeightsInfo& weights = *folder.weights;
  session.out.write(weights.problem.empty()
                        ? text::concat("\nweights: ", weights.file, ", ", weights.tensors,
                                       " tensors, ", weights.parameters, " parameters",
                                       weights.precision == "fp32"
                                           ? ""
                                           : text::concat(", packed for ", weights.precision),
                                       "\n")
                        : text::concat("\nweights: ", weights.problem, "\n"));
}

}  // namespace

Description InfoCommand::describe() const {
  return {
      "info",
      "Explain a module, or what a folder holds",
      {{"NAME|PATH|REPO", "A module's name, a folder (./bert), or owner/name on the Hub", true}},
      "hezar info bert_text_classification\n"
      "hezar info demo/sentiment"};
}

void InfoCommand::declare_options(CLI::App& app) {
  add_flag(app, "--json", json_, "One JSON document");
}

int InfoCommand::run(Session& session) {
  const std::string& name = session.positionals[0];
  const bool has_slash = name.find('/') != std::string::npos;
  if (!has_slash) {
    if (const auto info = find_module(session.runtime(), name)) {
      if (json_) {
        session.out.write(json::write(info->to_json(), 2) + "\n");
      } else {
        print_module(session, *info);
      }
      return 0;
    }
    if (!std::filesystem::exists(name)) throw unknown_module(session.runtime(), name);
  }
  const FolderInfo folder =
      inspect_folder(session.runtime(), repo_folder(session, name, Model::files()));
  if (json_) {
    session.out.write(json::write(folder.to_json(), 2) + "\n");
  } else {
    print_folder(session, folder);
  }
  return folder.has_problem() ? 1 : 0;
}

}  // namespace hezar::host
