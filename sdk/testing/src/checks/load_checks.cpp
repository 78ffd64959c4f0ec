#include <checks/load_checks.hpp>

#include <map>
#include <memory>

#include <hezar/config/json.hpp>
#include <hezar/plugin/scan.hpp>
#include <hezar/text/concat.hpp>

#include <subject.hpp>

namespace hezar::testing {

namespace {

using text::concat;

/// Modules by "kind name", as text, so that lists in any order compare.
std::map<std::string, std::string> by_name(const std::vector<ModuleInfo>& modules) {
  std::map<std::string, std::string> out;
  for (const ModuleInfo& module : modules) out[label(module)] = json::write(module.to_json());
  return out;
}

std::vector<ModuleInfo> modules_of(const Registrar& registrar) {
  std::vector<ModuleInfo> out;
  for (const auto& one : registrar.registrations()) out.push_back(one.info);
  return out;
}

/// The first name that two lists do not say the same of; empty: none.
std::string first_difference(const std::map<std::string, std::string>& left,
                             const std::map<std::string, std::string>& right) {
  for (const auto& [name, text] : left) {
    const auto found = right.find(name);
    if (found == right.end() || found->second != text) return name;
  }
  for (const auto& [name, text] : right) {
    if (!left.contains(name)) return name;
  }
  return {};
}

}  // namespace

Fault check_opening(const FileSubject& subject) {
  struct Reached {};
  bool reached = false;
  const PluginScan scan = scan_plugin(subject.file(), [&](std::string_view stage) {
    reached = stage == "register";
    if (reached) throw Reached();  // which the loader takes for a failure of the plugin
  });
  return reached ? Fault() : scan.reason;
}

Fault check_registering(const FileSubject& subject) {
  const PluginScan scan = scan_plugin(subject.file(), [](std::string_view) {});
  return scan.status == PluginStatus::kAvailable ? Fault() : scan.reason;
}

Fault check_registered_list(const FileSubject& subject) {
  const PluginScan scan = scan_plugin(subject.file(), [](std::string_view) {});
  if (scan.modules.empty()) return "registers no module. Call the registrar in HEZAR_PLUGIN";
  const PluginInspection file = subject.inspect();
  if (!file.modules) return {};
  const std::string name = first_difference(by_name(*file.modules), by_name(scan.modules));
  if (name.empty()) return {};
  return concat("its file says of ", name, " something else than it registers. Rebuild it with ",
                "hezar_add_plugin(), which writes the list");
}

Fault check_registering_twice(const FileSubject& subject) {
  const auto once = register_plugin(subject.file(), [](std::string_view) {});
  const auto twice = register_plugin(subject.file(), [](std::string_view) {});
  const std::string name =
      first_difference(by_name(modules_of(*once)), by_name(modules_of(*twice)));
  if (name.empty()) return {};
  return concat("registers ", name,
                " otherwise when it is asked again. Keep no state between calls ", "of the entry");
}

}  // namespace hezar::testing
