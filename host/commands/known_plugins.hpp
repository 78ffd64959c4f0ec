#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include <hezar/plugin/host.hpp>
#include <hezar/plugin/store.hpp>

namespace hezar::host {

/// A plugin as `hezar plugin list`, `info`, `why` and `doctor` show it.
struct KnownPlugin {
  PluginInfo info;
  std::string source;                        ///< of its folder: "user", "installed", ...
  std::vector<std::string> needs;            ///< plugins that it needs
  std::optional<InstalledPlugin> installed;  ///< where an install put it there

  [[nodiscard]] boost::json::object to_json() const;
};

/// All that was found, and what was installed though its file is gone. A file that changed after it
/// was installed has that as its warning.
[[nodiscard]] std::vector<KnownPlugin> known_plugins(const PluginHost& plugins);

}  // namespace hezar::host
