#include <plugin/discovery.hpp>

#include <map>
#include <optional>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <plugin/directories.hpp>
#include <plugin/load_error.hpp>
#include <plugin/needs.hpp>
#include <plugin/plugin_status.hpp>
#include <plugin/printable.hpp>

namespace hezar::plugin {

namespace fs = std::filesystem;

namespace {

void describe_descriptor(const PluginDescriptor& descriptor, PluginInfo& info) {
  info.name = descriptor.name;
  info.version = descriptor.version;
  info.license = descriptor.license;
  info.torch_version = descriptor.torch_version;
}

/// Reads the file; false where it is no plugin or cannot be one.
bool read_file(FoundPlugin& found) {
  try {
    std::optional<PluginFile> file = read_plugin_file(found.info.path);
    if (!file) {
      found.refuse(PluginStatus::kNotAPlugin,
                   "has no hezar descriptor, so it is no plugin; nothing to do if it is a library "
                   "that one needs");
      return false;
    }
    found.file = std::move(*file);
    describe_descriptor(found.file.descriptor, found.info);
    return true;
  } catch (const Error& e) {
    found.refuse(status_of(e), e.what());
    return false;
  }
}

void check_dependencies(FoundPlugin& found, DependencyWalk& walk) {
  Dependencies dependencies =
      walk.of(found.info.path, found.file.dynamic, !found.info.torch_version.empty());
  found.dependencies = std::move(dependencies.state);
  if (!dependencies.missing) return;
  found.missing = std::move(dependencies.missing);
  found.refuse(PluginStatus::kMissingDependency, describe(*found.missing, found.info.path));
}

/// Judges files and the folders they really lie in, each folder once.
class SafetyCheck {
 public:
  /// Why others may change `file`, a file of a folder that was judged; empty: they may not.
  std::string fault(const fs::path& file) {
    std::error_code ec;
    const bool link = fs::is_symlink(file, ec);
    const fs::path real = link ? fs::canonical(file, ec) : file;
    if (ec) return {};
    const auto [entry, added] = folders_.try_emplace(real.parent_path().string());
    if (added) entry->second = writable_by_others(real.parent_path());
    return entry->second.empty() ? file_writable_by_others(real) : entry->second;
  }

 private:
  std::map<std::string, std::string> folders_;
};

void apply_directory(const PluginDirectory& directory, const RuntimeOptions& options,
                     SafetyCheck& safety, FoundPlugin& found) {
  if (!found.usable()) return;
  const bool own = directory.source == "installed";
  if (options.first_party_only && !own) {
    found.refuse(PluginStatus::kDisabled,
                 "not used: only plugins that came with hezar are. Leave out --safe");
    return;
  }
  std::string fault = directory.safe ? std::string() : directory.note;
  if (!directory.used) {
    found.refuse(PluginStatus::kUnsafeDirectory, fault);
    return;
  }
  if (own || options.allow_unsafe_dirs) return;
  fault = safety.fault(found.info.path);
  if (fault.empty()) return;
  found.refuse(PluginStatus::kUnsafeDirectory,
               text::concat("not used: ", fault,
                            ". Take the permission away with chmod go-w, or "
                            "give --allow-unsafe-dir"));
}

void apply_disabled(const PluginNames& disabled, FoundPlugin& found) {
  if (!found.usable() || !disabled.contains(found.info.name)) return;
  found.refuse(PluginStatus::kDisabled, text::concat("not used: you disabled it. Enable it: hezar "
                                                     "plugin enable ",
                                                     found.info.name));
}

/// The file that has a name.
struct Winner {
  fs::path path;
  std::string version;
};

/// "version 1.2.0", or "another version" for a plugin that says none.
std::string shown_version(const std::string& version) {
  return version.empty() ? "another version" : text::concat("version ", version);
}

void apply_shadow(std::map<std::string, Winner>& first, FoundPlugin& found) {
  if (!found.usable()) return;
  const PluginInfo& info = found.info;
  const auto [entry, added] = first.try_emplace(info.name, Winner{info.path, info.version});
  if (added) return;
  const Winner& winner = entry->second;
  const bool other_version = winner.version != info.version;
  found.refuse(
      PluginStatus::kShadowed,
      text::concat("not used: ", printable(winner.path.string()),
                   " has the same name and was found earlier",
                   other_version ? text::concat(" (", shown_version(winner.version), ", this is ",
                                                shown_version(info.version), ")")
                                 : std::string(),
                   ". Remove one of them"));
}

}  // namespace

void FoundPlugin::refuse(PluginStatus status, const std::string& reason) {
  info.status = status;
  info.reason = text::concat(printable(info.path.filename().string(), 255), ": ", reason);
}

FoundPlugin inspect(const fs::path& file, const HostAbi& host, DependencyWalk& walk) {
  FoundPlugin found;
  found.info.path = file;
  found.info.name = printable(file.stem().string(), 255);
  if (!read_file(found)) return found;
  if (const auto broken = check_compatibility(found.file.descriptor, host)) {
    found.refuse(broken->status, broken->reason);
  } else if (!found.file.list_fault.empty()) {
    found.refuse(PluginStatus::kMalformed, found.file.list_fault);
  } else {
    check_dependencies(found, walk);
  }
  if (found.file.modules) found.info.modules = *found.file.modules;
  return found;
}

std::vector<FoundPlugin> discover(const std::vector<PluginDirectory>& directories,
                                  const RuntimeOptions& options, const HostAbi& host,
                                  const PluginNames& disabled) {
  std::vector<FoundPlugin> out;
  std::map<std::string, Winner> first;
  DependencyWalk walk(host);
  SafetyCheck safety;
  for (const PluginDirectory& directory : directories) {
    const bool searched =
        directory.exists && !directory.repeated && (directory.used || !directory.safe);
    if (!searched) continue;
    for (const fs::path& file : plugin_candidates(directory.path)) {
      FoundPlugin found = inspect(file, host, walk);
      apply_directory(directory, options, safety, found);
      apply_disabled(disabled, found);
      apply_shadow(first, found);
      out.push_back(std::move(found));
    }
  }
  check_needs(out);
  return out;
}

}  // namespace hezar::plugin
