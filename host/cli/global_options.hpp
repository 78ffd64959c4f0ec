#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <cli/cli11.hpp>

#include <hezar/registry/runtime.hpp>

namespace hezar::host {

/// The options that every verb takes, before or after its name.
struct GlobalOptions {
  std::vector<std::string> plugin_dirs;
  bool allow_unsafe_dir = false;
  bool safe = false;
  bool offline = false;
  bool no_color = false;
  std::string log_level = "warning";
  std::string cache_dir;
  std::int64_t threads = 0;

  void declare(CLI::App& root);
  /// Sets the log level, and the environment that the Hub and its cache are told by.
  /// @thread before any other thread runs.
  void apply() const;
  [[nodiscard]] RuntimeOptions runtime_options() const;
};

}  // namespace hezar::host
