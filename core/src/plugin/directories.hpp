#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <hezar/plugin/host.hpp>

namespace hezar::plugin {

/// The folders that are searched, in order, with what came of each. Never the current one.
/// @param installed  the host's own, beside libhezar.
[[nodiscard]] std::vector<PluginDirectory> search_directories(
    const RuntimeOptions& options, const std::filesystem::path& installed);

/// Why others than this user and root could change what `folder` holds; empty: they cannot. A
/// sticky bit does not help: others may still add files.
[[nodiscard]] std::string writable_by_others(const std::filesystem::path& folder);
/// Likewise for a file, by its own permissions.
[[nodiscard]] std::string file_writable_by_others(const std::filesystem::path& file);

/// Every `*.so` of a folder and of its folders one level down, sorted, whatever it is.
[[nodiscard]] std::vector<std::filesystem::path> plugin_candidates(
    const std::filesystem::path& directory);

/// $XDG_<name>_HOME, or `fallback` below $HOME; empty: neither is an absolute path.
[[nodiscard]] std::filesystem::path xdg_home(const char* variable, const char* fallback);

}  // namespace hezar::plugin
