#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include <hezar/api.hpp>
#include <hezar/plugin/host.hpp>

namespace hezar {

/// A plugin that was installed for this user.
struct InstalledPlugin {
  std::string name;
  std::string version;
  std::filesystem::path folder;  ///< its own; it holds `<name>.so`
  std::string source;            ///< the path that it was installed from
  std::string sha256;            ///< of the file when it was installed
  std::string installed_at;      ///< "2026-01-31T12:00:00Z"
  std::string change;            ///< how the file is another than it was; empty: it is the same

  [[nodiscard]] std::filesystem::path file() const { return folder / (name + ".so"); }
  [[nodiscard]] HEZAR_API boost::json::object to_json() const;
};

struct InstallOptions {
  bool replace = false;     ///< put it in the place of a plugin of that name
  bool conformance = true;  ///< also run hezar-plugin-check, where this hezar has it
};

/// The plugins of one user: `$XDG_DATA_HOME/hezar/plugins/<name>/`, and the names that were
/// disabled. A plugin is checked before it gets there, and gets there whole or not at all.
/// @thread safe for concurrent calls and processes.
class HEZAR_API PluginStore {
 public:
  /// @param plugins  what is there now; must outlive the store. What the store changes is seen by
  /// hosts that begin later.
  explicit PluginStore(const PluginHost& plugins);

  /// Copies a plugin, tries the copy in processes of its own, and puts it among the user's.
  /// @param source  a plugin's file, or a folder with one plugin and what it brings along.
  /// @throws Error kPlugin where it cannot be used, kValue where the name is taken, kIo where the
  /// system refuses; nothing is left behind.
  [[nodiscard]] InstalledPlugin install(const std::filesystem::path& source,
                                        const InstallOptions& options) const;
  /// Removes what install() put there, and forgets whether it was disabled. Processes that have it
  /// open keep it.
  /// @throws Error kKey for a name that was not installed.
  void remove(std::string_view name) const;
  /// Remembers whether the user wants the plugin `name`, wherever it lies. Of two processes that do
  /// so at once, the later wins.
  /// @return false where it was so already.
  /// @throws Error kKey for a name that no plugin has, kIo, kFormat.
  [[nodiscard]] bool set_enabled(std::string_view name, bool enabled) const;

  /// Sorted by name. Files are read to see whether they changed.
  [[nodiscard]] std::vector<InstalledPlugin> list() const;
  /// Where plugins are installed; empty: there is no home.
  [[nodiscard]] static std::filesystem::path folder();
  /// Where it is remembered which were disabled; empty: there is no home.
  [[nodiscard]] static std::filesystem::path settings_file();

 private:
  const PluginHost& plugins_;
};

}  // namespace hezar
