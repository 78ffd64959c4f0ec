#include <hezar/plugin/store.hpp>

#include <system_error>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <plugin/acceptance.hpp>
#include <plugin/directories.hpp>
#include <plugin/disabled_plugins.hpp>
#include <plugin/installed_record.hpp>
#include <plugin/needs.hpp>
#include <plugin/plugin_copy.hpp>
#include <plugin/printable.hpp>
#include <plugin/store_folder.hpp>

namespace hezar {

namespace fs = std::filesystem;
using text::concat;

namespace {

constexpr char kNoHome[] = "Set HOME, or XDG_DATA_HOME and XDG_CONFIG_HOME, to absolute paths.";

fs::path store_folder() {
  fs::path folder = PluginStore::folder();
  if (!folder.empty()) return folder;
  throw expected_error(ErrorCode::kIo, "plugins", "a home to keep them in", "none", kNoHome);
}

void check_name(std::string_view name) {
  if (plugin::is_valid_name(name)) return;
  throw expected_error(ErrorCode::kKey, "plugin", "a name of a-z, 0-9 and _",
                       concat('"', plugin::printable(name, 100), '"'), "See hezar plugin list.");
}

void check_known(const PluginHost& plugins, std::string_view name) {
  if (plugins.find(name)) return;
  std::vector<std::string> names;
  for (const PluginInfo& info : plugins.list()) {
    if (info.status != PluginStatus::kNotAPlugin) names.push_back(info.name);
  }
  throw unknown_name_error(ErrorCode::kKey, "plugin", "the name of a plugin", name, names,
                           "See hezar plugin doctor.");
}

/// The plugin that has the name now, unless it lies in `own`.
std::optional<PluginInfo> other_of(const PluginHost& plugins, std::string_view name,
                                   const fs::path& own) {
  std::optional<PluginInfo> found = plugins.find(name);
  if (!found || found->path.parent_path() == own) return std::nullopt;
  return found;
}

/// What of a name `replace` may put another in the place of.
void check_taken(const PluginHost& plugins, const plugin::PluginFile& file, const fs::path& own,
                 bool replace) {
  const std::string name = file.descriptor.name;
  std::error_code ec;
  const bool installed = plugin::has_record(own);
  if (!installed && fs::exists(fs::symlink_status(own, ec))) {
    throw expected_error(ErrorCode::kValue, own.string(), "nothing, or what install put there",
                         "something else", "Move it away.");
  }
  if (replace) return;
  const std::string version = concat("Give --replace to put version ", file.descriptor.version);
  const auto taken = [&](const std::string& by, std::string_view where) {
    return expected_error(ErrorCode::kValue, concat("plugin ", name), "a name that is free", by,
                          concat(version, where));
  };
  if (installed) {
    const InstalledPlugin old = plugin::read_record(own);
    throw taken(concat("version ", old.version, ", installed before"), " in its place.");
  }
  if (const auto other = other_of(plugins, name, own)) {
    throw taken(concat("one at ", plugin::printable(other->path.string())), " beside it.");
  }
}

void check_needs_found(const PluginHost& plugins, const plugin::PluginFile& file,
                       const std::string& shown) {
  for (const std::string& name : file.needs) {
    const std::optional<PluginInfo> needed = plugins.find(name);
    if (needed &&
        (needed->status == PluginStatus::kAvailable || needed->status == PluginStatus::kLoaded)) {
      continue;
    }
    throw Error(ErrorCode::kPlugin,
                concat(shown, ": ", plugin::describe_need(name, needed ? &*needed : nullptr)));
  }
}

InstalledPlugin record_of(const plugin::PluginFile& file, const fs::path& source,
                          const fs::path& copy) {
  InstalledPlugin out;
  out.name = file.descriptor.name;
  out.version = file.descriptor.version;
  out.source = plugin::printable(source.string(), 4096);
  out.sha256 = plugin::sha256_of(copy);
  out.installed_at = plugin::utc_time();
  return out;
}

}  // namespace

boost::json::object InstalledPlugin::to_json() const {
  return {{"name", name},
          {"version", version},
          {"path", file().string()},
          {"source", source},
          {"sha256", sha256},
          {"installed_at", installed_at},
          {"change", change.empty() ? boost::json::value(nullptr) : boost::json::value(change)}};
}

PluginStore::PluginStore(const PluginHost& plugins) : plugins_(plugins) {}

fs::path PluginStore::folder() {
  const fs::path data = plugin::xdg_home("XDG_DATA_HOME", ".local/share");
  return data.empty() ? data : data / "hezar" / "plugins";
}

fs::path PluginStore::settings_file() {
  return plugin::disabled_plugins_file();
}

InstalledPlugin PluginStore::install(const fs::path& source, const InstallOptions& options) const {
  std::error_code ec;
  fs::path whole = fs::canonical(source, ec);
  if (ec) whole = source;
  const fs::path original = plugin::plugin_in(whole);
  const std::string shown = plugin::printable(original.filename().string(), 255);
  // Before anything is copied: most files that are no plugins end here.
  (void)plugin::accept_file(original, shown);
  const plugin::StoreFolder store(store_folder());
  const plugin::DraftFolder draft = store.draft();
  plugin::copy_plugin(whole, draft.path());
  const plugin::PluginFile file = plugin::accept_file(draft.path() / original.filename(), shown);
  InstalledPlugin out = record_of(file, original, draft.path() / original.filename());
  const fs::path copy = draft.path() / (out.name + ".so");
  fs::rename(draft.path() / original.filename(), copy, ec);
  if (ec) throw io::io_error(copy, "to name it so", ec.value());
  check_taken(plugins_, file, store.path() / out.name, options.replace);
  check_needs_found(plugins_, file, shown);
  plugin::try_in_child(copy, shown);
  if (options.conformance) plugin::run_conformance(copy, shown, plugins_.directories());
  plugin::write_record(draft.path(), out);
  fs::permissions(draft.path(), fs::perms(0755), ec);
  store.publish(draft, out.name);
  out.folder = store.path() / out.name;
  return out;
}

void PluginStore::remove(std::string_view name) const {
  check_name(name);
  const plugin::StoreFolder store(store_folder());
  const std::string folder(name);
  if (plugin::has_record(store.path() / folder)) {
    const fs::path settings = settings_file();
    if (plugin::read_disabled_plugins(settings).contains(folder)) {
      plugin::change_disabled_plugins(settings,
                                      [&](auto& names) { return names.erase(folder) > 0; });
    }
    store.remove(folder);
    return;
  }
  std::vector<std::string> names;
  for (const InstalledPlugin& installed : list()) names.push_back(installed.name);
  if (const auto other = other_of(plugins_, name, {})) {
    throw expected_error(ErrorCode::kKey, concat("plugin ", name),
                         "one that hezar plugin install put there",
                         concat("one at ", plugin::printable(other->path.string())),
                         concat("Disable it: hezar plugin disable ", name));
  }
  throw unknown_name_error(ErrorCode::kKey, "plugin", "the name of an installed plugin", name,
                           names);
}

bool PluginStore::set_enabled(std::string_view name, bool enabled) const {
  check_name(name);
  const fs::path file = settings_file();
  if (file.empty()) {
    throw expected_error(ErrorCode::kIo, "plugins", "a home to keep settings in", "none", kNoHome);
  }
  const bool was_enabled = !plugin::read_disabled_plugins(file).contains(name);
  if (was_enabled) check_known(plugins_, name);
  if (was_enabled == enabled) return false;
  return plugin::change_disabled_plugins(file, [&](plugin::PluginNames& disabled) {
    return enabled ? disabled.erase(std::string(name)) > 0 : disabled.emplace(name).second;
  });
}

std::vector<InstalledPlugin> PluginStore::list() const {
  const fs::path store = folder();
  return store.empty() ? std::vector<InstalledPlugin>() : plugin::read_records(store);
}

}  // namespace hezar
