#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <hezar/api.hpp>
#include <hezar/plugin/descriptor.hpp>
#include <hezar/plugin/host.hpp>
#include <hezar/registry/registry.hpp>

namespace hezar {

/// How a library was linked, as its file says.
struct LibraryLinks {
  struct Export {
    std::string name;
    bool is_unique = false;  ///< STB_GNU_UNIQUE: one for all libraries of a process
  };
  std::vector<std::string> needed;
  std::string rpath;    ///< of DT_RPATH, `$ORIGIN` included
  std::string runpath;  ///< of DT_RUNPATH
  bool has_text_relocations = false;
  bool has_executable_stack = false;
  bool is_never_unloaded = false;  ///< linked with -z nodelete
  std::vector<Export> exports;     ///< the symbols that it gives to others
};

/// What a plugin's file tells without running any of it.
struct PluginInspection {
  PluginStatus status = PluginStatus::kAvailable;  ///< as a host would say before opening it
  std::string reason;  ///< `<what>. <what to do>` where a host refuses the file
  std::optional<PluginDescriptor> descriptor;      ///< nothing: it has none that can be read
  std::optional<std::vector<ModuleInfo>> modules;  ///< nothing: the file carries no list
  std::string modules_fault;                       ///< why the list it carries cannot be used
  LibraryLinks links;
};

/// Reads a file as plugin hosts do, and then further.
/// @thread safe for concurrent calls.
[[nodiscard]] HEZAR_API PluginInspection inspect_plugin(const std::filesystem::path& file);

}  // namespace hezar
