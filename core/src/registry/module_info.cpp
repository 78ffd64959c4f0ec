#include <hezar/error/error.hpp>
#include <hezar/registry/registry.hpp>

namespace hezar {

namespace {

std::string text_of(const boost::json::object& json, std::string_view key) {
  const boost::json::value* value = json.if_contains(key);
  if (value == nullptr || !value->is_string()) return {};
  return std::string(value->get_string());
}

boost::json::array array_of(const boost::json::object& json, std::string_view key) {
  const boost::json::value* value = json.if_contains(key);
  if (value == nullptr || !value->is_array()) return {};
  return value->get_array();
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

ModuleInfo ModuleInfo::from_json(const boost::json::object& json) {
  ModuleInfo info;
  info.kind = parse_kind(text_of(json, "kind"));
  info.name = text_of(json, "name");
  if (info.name.empty()) {
    throw expected_error(ErrorCode::kFormat, "module list", "a name for each module", "none");
  }
  info.task = text_of(json, "task");
  info.description = text_of(json, "description");
  info.plugin = text_of(json, "plugin");
  info.fields = array_of(json, "fields");
  info.options = array_of(json, "options");
  for (const boost::json::value& served : array_of(json, "architectures")) {
    if (served.is_object()) info.architectures.push_back(served);
  }
  for (const boost::json::value& file : array_of(json, "repo_files")) {
    if (file.is_string()) info.repo_files.emplace_back(file.get_string());
  }
  for (const boost::json::value& file : array_of(json, "files")) {
    if (file.is_string()) info.files.emplace_back(file.get_string());
  }
  return info;
}

}  // namespace hezar
