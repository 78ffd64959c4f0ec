#include <hezar/config/json.hpp>
#include <hezar/error/error.hpp>
#include <hezar/registry/registry.hpp>

namespace hezar {

namespace {

/// Moves a list out; empty where there is none.
boost::json::array take_array(boost::json::object& json, std::string_view key) {
  boost::json::value* value = json.if_contains(key);
  if (value == nullptr || !value->is_array()) return {};
  return std::move(value->get_array());
}

}  // namespace

boost::json::object ModuleInfo::to_json() const {
  boost::json::object json;
  json["kind"] = to_string(kind);
  json["name"] = name;
  json["task"] = task.empty() ? boost::json::value(nullptr) : boost::json::value(task);
  json["description"] = description;
  json["plugin"] = plugin;
  json["fields"] = fields;
  json["options"] = options;
  if (!architectures.empty()) json["architectures"] = architectures;
  if (!repo_files.empty()) json["repo_files"] = boost::json::value_from(repo_files);
  if (!files.empty()) json["files"] = boost::json::array(files.begin(), files.end());
  return json;
}

ModuleInfo ModuleInfo::from_json(boost::json::object listed) {
  ModuleInfo info;
  info.kind = parse_kind(json::text_of(listed, "kind"));
  info.name = json::text_of(listed, "name");
  if (info.name.empty()) {
    throw expected_error(ErrorCode::kFormat, "module list", "a name for each module", "none");
  }
  info.task = json::text_of(listed, "task");
  info.description = json::text_of(listed, "description");
  info.plugin = json::text_of(listed, "plugin");
  info.fields = take_array(listed, "fields");
  info.options = take_array(listed, "options");
  for (const boost::json::value& served : take_array(listed, "architectures")) {
    if (served.is_object()) info.architectures.push_back(served);
  }
  for (const boost::json::value& file : take_array(listed, "repo_files")) {
    if (file.is_string()) info.repo_files.emplace_back(file.get_string());
  }
  for (const boost::json::value& file : take_array(listed, "files")) {
    if (file.is_string()) info.files.emplace_back(file.get_string());
  }
  return info;
}

}  // namespace hezar
