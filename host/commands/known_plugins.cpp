#include <commands/known_plugins.hpp>

#include <algorithm>
#include <utility>

#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

std::string source_of(const PluginHost& plugins, const std::filesystem::path& file) {
  for (const PluginDirectory& directory : plugins.directories()) {
    const std::filesystem::path folder = file.parent_path();
    if (folder == directory.path || folder.parent_path() == directory.path) return directory.source;
  }
  return {};
}

/// An installed plugin whose file is not there any more.
KnownPlugin without_file(const InstalledPlugin& installed) {
  KnownPlugin out;
  out.info.name = installed.name;
  out.info.version = installed.version;
  out.info.path = installed.file();
  out.info.status = PluginStatus::kUnreadable;
  out.info.reason = installed.change;
  out.source = "user";
  out.installed = installed;
  return out;
}

}  // namespace

boost::json::object KnownPlugin::to_json() const {
  boost::json::object out = info.to_json();
  out["from"] = source;
  out["needs"] = boost::json::array(needs.begin(), needs.end());
  out["installed"] =
      installed ? boost::json::value(installed->to_json()) : boost::json::value(nullptr);
  return out;
}

std::vector<KnownPlugin> known_plugins(const PluginHost& plugins) {
  std::vector<InstalledPlugin> installed = PluginStore(plugins).list();
  std::vector<KnownPlugin> out;
  for (PluginInfo& info : plugins.list()) {
    KnownPlugin known;
    known.source = source_of(plugins, info.path);
    known.needs = plugins.needs(info.name);
    const auto record =
        std::find_if(installed.begin(), installed.end(),
                     [&](const InstalledPlugin& one) { return one.file() == info.path; });
    if (record != installed.end()) {
      if (!record->change.empty()) info.warning = record->change;
      known.installed = std::move(*record);
      installed.erase(record);
    }
    known.info = std::move(info);
    out.push_back(std::move(known));
  }
  for (const InstalledPlugin& lost : installed) out.push_back(without_file(lost));
  return out;
}

}  // namespace hezar::host
