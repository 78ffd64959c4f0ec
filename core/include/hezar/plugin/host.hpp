#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include <hezar/api.hpp>
#include <hezar/registry/registry.hpp>
#include <hezar/registry/runtime.hpp>

namespace hezar {

/// What became of a file in a plugin folder. Each has a line of its own in `hezar plugin list`.
enum class PluginStatus {
  kAvailable,          ///< can be used, not open yet
  kLoaded,             ///< open
  kShadowed,           ///< a plugin of that name was found earlier
  kNotAPlugin,         ///< a library without descriptor, so a dependency; listed by doctor only
  kMalformed,          ///< no library though named *.so, truncated or damaged
  kIncompatible,       ///< built for another ABI, runtime, LibTorch, CPU
  kMissingDependency,  ///< a library or plugin that it needs was not found
  kUnresolvedSymbol,
  kCrashed,  ///< died while it was opened
  kTimedOut,
  kExited,      ///< called exit while it was opened
  kFailed,      ///< threw or reported an error while registering
  kConflict,    ///< registers a name twice, needs itself, or registers other than its file says
  kUnreadable,  ///< no permission, dangling link, a directory
  kUnsafeDirectory,  ///< lies where others may write
  kDisabled,         ///< by the user, or by --safe
};
[[nodiscard]] HEZAR_API std::string_view to_string(PluginStatus status) noexcept;

struct PluginInfo {
  std::string name;  ///< of its descriptor; else the file's stem
  std::string version;
  std::string license;
  std::filesystem::path path;
  PluginStatus status = PluginStatus::kAvailable;
  std::string reason;   ///< `<file>: <what>. <what to do>` where it cannot be used
  std::string warning;  ///< `<file>: <what>` where it can be used nevertheless
  std::string torch_version;
  std::vector<ModuleInfo> modules;

  [[nodiscard]] HEZAR_API boost::json::object to_json() const;
};

/// A folder that is searched, and what came of it.
struct PluginDirectory {
  std::filesystem::path path;
  std::string source;  ///< "--plugin-dir", "HEZAR_PLUGIN_PATH", "user", "installed"
  bool exists = false;
  bool safe = true;       ///< only this user and root may change what it holds
  bool used = true;       ///< plugins of it may be opened
  bool repeated = false;  ///< the same folder came earlier
  std::string note;       ///< why it is not used, or a warning
};

/// A library that a plugin's file asks for and that was not found.
struct MissingLibrary {
  std::filesystem::path plugin;
  std::string library;                ///< "libfoo.so.1"
  std::string needed_by;              ///< file name of who asks for it: the plugin, or a library
  std::vector<std::string> searched;  ///< folders, in order
};

/// Finds plugins in folders, decides from their files which can be used, and opens them when a
/// module is wanted. One bad plugin never takes the host down: a file not yet proven is opened
/// first in a child process.
/// @thread safe for concurrent calls.
class HEZAR_API PluginHost {
 public:
  /// Searches the folders; opens nothing.
  PluginHost(Runtime& runtime, const RuntimeOptions& options);
  ~PluginHost();
  PluginHost(const PluginHost&) = delete;
  PluginHost& operator=(const PluginHost&) = delete;

  [[nodiscard]] const std::vector<PluginDirectory>& directories() const;
  /// All that was found, in search order.
  [[nodiscard]] std::vector<PluginInfo> list() const;
  [[nodiscard]] std::optional<PluginInfo> find(std::string_view name) const;
  /// The plugins without which the plugin `name` is not used; they are opened before it.
  [[nodiscard]] std::vector<std::string> needs(std::string_view name) const;
  /// Of each plugin the first library that was not found.
  [[nodiscard]] std::vector<MissingLibrary> missing_libraries() const;
  /// Opens every plugin whose verdict is not known yet in a child process, so that `list` tells
  /// what would become of each. At most a time limit for each; nothing is opened here.
  void prove_all();

  /// Opens the plugin `name` and adds its modules to the runtime's registries; a no-op when it is
  /// open.
  /// @throws Error kPlugin with the reason, kKey for a name that no plugin has; the runtime is
  /// unchanged.
  void open(std::string_view name);

  /// What plugins must fit: versions of hezar, its ABI, compiler runtime, Boost and LibTorch, the
  /// level of this CPU, and the libraries' paths.
  [[nodiscard]] static boost::json::object host_facts();

  /// A table of first-party names: the plugin that brings `module`, or nothing.
  [[nodiscard]] static std::optional<std::string> first_party_provider(Kind kind,
                                                                       std::string_view module);
  /// Whether a plugin of that name is hezar's own, whether it is installed or not.
  [[nodiscard]] static bool is_first_party(std::string_view name);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hezar
