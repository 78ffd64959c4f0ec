#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <hezar/plugin/host.hpp>
#include <plugin/compatibility.hpp>
#include <plugin/plugin_file.hpp>

namespace hezar::plugin {

/// What a child process that opened a plugin showed.
struct Verdict {
  PluginStatus status = PluginStatus::kAvailable;
  std::string reason;        ///< after `<file>: ` where it cannot be used
  std::string warning;       ///< after `<file>: ` where it can be
  std::int64_t expires = 0;  ///< seconds since 1970; 0: with the file, the host or a dependency
  std::vector<ModuleInfo> modules;
  bool keep = true;  ///< false: nothing was learnt about the plugin
};

/// Opens a plugin in a child process with a time limit: $HEZAR_PLUGIN_TIMEOUT_MS, or 5 s, and 60 s
/// where LibTorch comes along.
/// @thread safe for concurrent calls.
[[nodiscard]] Verdict prove(const PluginFile& file, const HostAbi& host);

/// The program that the child runs, beside libhezar.
[[nodiscard]] std::filesystem::path scan_program(const HostAbi& host);

}  // namespace hezar::plugin
