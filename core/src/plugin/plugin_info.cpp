#include <string>

#include <hezar/plugin/host.hpp>
#include <plugin/printable.hpp>

namespace hezar {

namespace {

boost::json::value text_or_null(const std::string& text) {
  return text.empty() ? boost::json::value(nullptr) : boost::json::value(text);
}

}  // namespace

boost::json::object PluginInfo::to_json() const {
  boost::json::array provided;
  for (const ModuleInfo& module : modules) {
    provided.push_back({{"name", module.name},
                        {"kind", to_string(module.kind)},
                        {"task", text_or_null(module.task)},
                        {"description", module.description}});
  }
  return {{"name", name},
          {"version", text_or_null(version)},
          {"license", text_or_null(license)},
          {"status", to_string(status)},
          {"reason", text_or_null(reason)},
          {"warning", text_or_null(warning)},
          {"path", plugin::printable(path.string(), 4096)},
          {"torch_version", text_or_null(torch_version)},
          {"modules", std::move(provided)}};
}

}  // namespace hezar
