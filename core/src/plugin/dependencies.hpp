#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <plugin/compatibility.hpp>
#include <plugin/elf_file.hpp>
#include <plugin/loader_cache.hpp>

namespace hezar::plugin {

struct MissingDependency {
  std::string library;              ///< "libfoo.so.1"
  std::string needed_by;            ///< file name of who needs it
  std::vector<std::string> looked;  ///< folders, in order
};

/// What a library brings along, found as the dynamic loader would find it, without running any.
struct Dependencies {
  std::optional<MissingDependency> missing;
  /// "path:size:mtime" of each library beside those of the system and the host, sorted; a verdict
  /// holds for one such state.
  std::vector<std::string> state;
};

/// Follows DT_NEEDED through DT_RPATH, LD_LIBRARY_PATH, DT_RUNPATH, the loader's cache and the
/// system's folders. Remembers what it read: make one for a search.
class DependencyWalk {
 public:
  explicit DependencyWalk(const HostAbi& host);

  /// @param needs_torch  the host opens libhezar-torch.so, and with it LibTorch, before the plugin.
  [[nodiscard]] Dependencies of(const std::filesystem::path& file, const ElfFile::Dynamic& dynamic,
                                bool needs_torch);

 private:
  struct Search {
    std::filesystem::path found;
    bool own = false;  ///< found by a path of the library, not in the system
    std::vector<std::string> looked;
  };
  struct State {
    std::set<std::string> seen;
    Dependencies found;
  };
  void follow(const std::filesystem::path& file, const ElfFile::Dynamic& dynamic, State& state);
  [[nodiscard]] Search find(const std::string& name, const std::filesystem::path& origin,
                            const ElfFile::Dynamic& dynamic);
  [[nodiscard]] const ElfFile::Dynamic* dynamic_of(const std::filesystem::path& file);
  [[nodiscard]] bool exists(const std::filesystem::path& file);

  const HostAbi& host_;
  std::set<std::string> provided_;  ///< by the host itself
  std::optional<LoaderCache> cache_;
  std::map<std::string, std::optional<ElfFile::Dynamic>> read_;
  std::map<std::string, bool> exists_;
};

}  // namespace hezar::plugin
