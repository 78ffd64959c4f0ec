#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include <hezar/plugin/descriptor.hpp>
#include <hezar/registry/registry.hpp>
#include <plugin/elf_file.hpp>

namespace hezar::plugin {

/// Which file this is; a verdict holds for one identity.
struct FileIdentity {
  std::string path;
  std::uint64_t size = 0;
  std::uint64_t inode = 0;
  std::uint64_t device = 0;
  std::int64_t modified_ns = 0;
  std::int64_t changed_ns = 0;
  std::string build_id;

  [[nodiscard]] static FileIdentity of(const std::filesystem::path& file, const ElfFile& elf);
  /// Without the build id; a file that is gone has size 0.
  [[nodiscard]] static FileIdentity of(const std::filesystem::path& file);
  [[nodiscard]] boost::json::object to_json() const;
  [[nodiscard]] bool operator==(const FileIdentity&) const = default;
};

/// What a plugin's file says of itself, read without running it.
struct PluginFile {
  FileIdentity identity;
  PluginDescriptor descriptor;
  ElfFile::Dynamic dynamic;
  std::optional<std::vector<ModuleInfo>> modules;  ///< nothing: the file carries no list
  std::vector<std::string> needs;                  ///< plugins without which it is not used
  std::string list_fault;  ///< why a list it carries cannot be used; empty: they can
};

/// Nothing where `elf` carries no descriptor, so is no plugin.
/// @throws Error kFormat, kPlugin (another ABI epoch). Messages begin after the file's name.
[[nodiscard]] std::optional<PluginDescriptor> read_descriptor(const ElfFile& elf);

/// As read_descriptor, with everything else.
[[nodiscard]] std::optional<PluginFile> read_plugin_file(const std::filesystem::path& file);

/// "2.13", the LibTorch that `file`, a libhezar-torch.so, was built with; empty: it does not say.
[[nodiscard]] std::string read_torch_version(const std::filesystem::path& file);

/// A list of modules as plugins carry it.
/// @throws Error kFormat for what is no such list, or has a malformed or repeated name.
[[nodiscard]] std::vector<ModuleInfo> parse_modules(std::string_view json, std::string_view plugin);
[[nodiscard]] boost::json::array modules_to_json(const std::vector<ModuleInfo>& modules);

/// Names of plugins as a plugin carries them.
/// @throws Error kFormat for what is no such list.
[[nodiscard]] std::vector<std::string> parse_needs(std::string_view json);

/// `[a-z0-9_]+`, at most 63 bytes.
[[nodiscard]] bool is_valid_name(std::string_view name) noexcept;

}  // namespace hezar::plugin
