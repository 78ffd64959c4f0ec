#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <hezar/plugin/host.hpp>
#include <plugin/plugin_file.hpp>

namespace hezar::plugin {

/// Reads a plugin's file and decides from it alone whether it may be installed.
/// @param shown  what the file is called in errors.
/// @throws Error kPlugin `<shown>: <what>. <what to do>`.
[[nodiscard]] PluginFile accept_file(const std::filesystem::path& file, const std::string& shown);

/// Opens a plugin in a process of its own, as a host does before it uses one.
/// @throws Error kPlugin, likewise.
/// @thread safe for concurrent calls.
void try_in_child(const std::filesystem::path& file, const std::string& shown);

/// Runs hezar-plugin-check where this hezar has it.
/// @param others  where plugins lie that this one may work with.
/// @throws Error kPlugin, likewise.
/// @thread safe for concurrent calls.
void run_conformance(const std::filesystem::path& file, const std::string& shown,
                     const std::vector<PluginDirectory>& others);

/// The failed checks in what `hezar-plugin-check --json` wrote: "a: why; b: why"; empty: it wrote
/// something else.
[[nodiscard]] std::string failed_checks(std::string_view output);

}  // namespace hezar::plugin
