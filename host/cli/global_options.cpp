#include <cli/global_options.hpp>

#include <cstdlib>

#include <cli/options.hpp>

#include <hezar/log/log.hpp>

namespace hezar::host {

void GlobalOptions::declare(CLI::App& root) {
  add_texts(root, "--plugin-dir", plugin_dirs, "DIR", "Search DIR for plugins first; repeatable");
  add_flag(root, "--allow-unsafe-dir", allow_unsafe_dir,
           "Use plugin folders that others may write to");
  add_flag(root, "--safe", safe, "Use first-party plugins only");
  add_choice(root, "--log-level", log_level, "trace|debug|info|warning|error|off",
             "What to tell on stderr (default: warning)");
  add_flag(root, "--offline", offline, "Never use the network");
  add_text(root, "--cache-dir", cache_dir, "DIR", "Where downloads are kept");
  add_count(root, "--threads", threads, 1024, "Threads of compute (default: all cores)");
  add_flag(root, "--no-color", no_color, "No colours, also with NO_COLOR set");
}

void GlobalOptions::apply() const {
  log::set_level(log::level_from_name(log_level));
  if (offline) ::setenv("HF_HUB_OFFLINE", "1", 1);
  if (!cache_dir.empty()) ::setenv("HEZAR_CACHE_DIR", cache_dir.c_str(), 1);
}

RuntimeOptions GlobalOptions::runtime_options() const {
  RuntimeOptions options;
  options.plugin_dirs.assign(plugin_dirs.begin(), plugin_dirs.end());
  options.allow_unsafe_dirs = allow_unsafe_dir;
  options.first_party_only = safe;
  options.threads = static_cast<int>(threads);
  return options;
}

}  // namespace hezar::host
