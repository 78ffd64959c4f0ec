#pragma once

#include <filesystem>
#include <functional>
#include <set>
#include <string>

namespace hezar::plugin {

using PluginNames = std::set<std::string, std::less<>>;

/// $XDG_CONFIG_HOME/hezar/plugins.json; empty: there is no home.
[[nodiscard]] std::filesystem::path disabled_plugins_file();

/// The names in `file`: {"disabled": ["name"]}. A file that is not there disables nothing.
/// @throws Error kIo, kFormat.
[[nodiscard]] PluginNames read_disabled_plugins(const std::filesystem::path& file);

/// Changes the names in `file` and keeps what else it holds, making folders as needed. Other
/// processes wait, so that none undoes what another did.
/// @param change  false: it changed nothing, and nothing is written.
/// @return what `change` gave.
/// @throws Error kIo, kFormat.
bool change_disabled_plugins(const std::filesystem::path& file,
                             const std::function<bool(PluginNames&)>& change);

}  // namespace hezar::plugin
