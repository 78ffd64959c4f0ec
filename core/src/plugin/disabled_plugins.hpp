#pragma once

#include <filesystem>
#include <set>
#include <string>

namespace hezar::plugin {

using PluginNames = std::set<std::string, std::less<>>;

/// $XDG_CONFIG_HOME/hezar/plugins.json; empty: there is no home.
[[nodiscard]] std::filesystem::path disabled_plugins_file();

/// The names in `file`: {"disabled": ["name"]}. A file that is not there disables nothing.
/// @throws Error kIo, kFormat.
[[nodiscard]] PluginNames read_disabled_plugins(const std::filesystem::path& file);

/// Replaces the names in `file` and keeps what else it holds, making folders as needed.
/// @throws Error kIo.
void write_disabled_plugins(const std::filesystem::path& file, const PluginNames& names);

}  // namespace hezar::plugin
