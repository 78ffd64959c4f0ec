#include <plugin/directories.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include <hezar/text/concat.hpp>

namespace hezar::plugin {

namespace fs = std::filesystem;

namespace {

constexpr char kUnsafeHint[] =
    "Take the permission away with chmod go-w, or give "
    "--allow-unsafe-dir";

std::string fault_of(const fs::path& path, const struct stat& status) {
  const uid_t us = ::geteuid();
  if ((status.st_mode & S_IWOTH) != 0) return text::concat(path.string(), " is world-writable");
  // A group of one's own name and number, as distributions make for each user, has one member.
  const bool own_group = status.st_gid == ::getegid() && status.st_gid == us;
  if ((status.st_mode & S_IWGRP) != 0 && status.st_gid != 0 && !own_group) {
    return text::concat(path.string(), " may be written to by its group");
  }
  if (status.st_uid != 0 && status.st_uid != us) {
    return text::concat(path.string(), " belongs to another user");
  }
  return {};
}

/// Who may rename a folder above may put another one in its place.
std::string fault_above(const fs::path& path) {
  for (fs::path above = path.parent_path(); above != above.root_path();
       above = above.parent_path()) {
    struct stat status = {};
    if (::stat(above.c_str(), &status) != 0) continue;
    const bool others_may_rename =
        (status.st_mode & S_IWOTH) != 0 && (status.st_mode & S_ISVTX) == 0;
    if (others_may_rename) return text::concat(above.string(), " above it is world-writable");
  }
  return {};
}

void add_listed(std::vector<PluginDirectory>& out, const char* list) {
  std::string_view rest = list == nullptr ? "" : list;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    PluginDirectory directory;
    directory.path = rest.substr(0, end);
    directory.source = "HEZAR_PLUGIN_PATH";
    if (directory.path.is_relative() && !directory.path.empty()) {
      directory.used = false;
      directory.note = "not searched: HEZAR_PLUGIN_PATH must hold absolute paths";
    }
    if (!directory.path.empty()) out.push_back(std::move(directory));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

void add(std::vector<PluginDirectory>& out, fs::path path, std::string source) {
  PluginDirectory directory;
  directory.path = std::move(path);
  directory.source = std::move(source);
  out.push_back(std::move(directory));
}

void judge(PluginDirectory& directory, const RuntimeOptions& options) {
  std::error_code ec;
  directory.exists = fs::is_directory(directory.path, ec);
  if (!directory.used) return;
  if (!directory.exists) {
    directory.used = false;
    const bool there = fs::exists(fs::symlink_status(directory.path, ec));
    directory.note = there ? "not searched: it is no folder" : "";
    return;
  }
  const std::string fault = writable_by_others(directory.path);
  directory.safe = fault.empty();
  if (directory.safe) return;
  if (directory.source == "installed" || options.allow_unsafe_dirs) {
    directory.note = text::concat("warning: ", fault);
  } else {
    directory.used = false;
    directory.note = text::concat("not used: ", fault, ". ", kUnsafeHint);
  }
}

}  // namespace

fs::path xdg_home(const char* variable, const char* fallback) {
  const char* set = std::getenv(variable);
  if (set != nullptr && fs::path(set).is_absolute()) return set;
  const char* home = std::getenv("HOME");
  if (home == nullptr || !fs::path(home).is_absolute()) return {};
  return fs::path(home) / fallback;
}

std::string file_writable_by_others(const fs::path& file) {
  struct stat status = {};
  return ::stat(file.c_str(), &status) == 0 ? fault_of(file, status) : std::string();
}

std::string writable_by_others(const fs::path& folder) {
  std::error_code ec;
  const fs::path real = fs::canonical(folder, ec);
  struct stat status = {};
  if (ec || ::stat(real.c_str(), &status) != 0) return {};
  std::string fault = fault_of(real, status);
  return fault.empty() ? fault_above(real) : fault;
}

std::vector<PluginDirectory> search_directories(const RuntimeOptions& options,
                                                const fs::path& installed) {
  std::vector<PluginDirectory> out;
  std::error_code ec;
  for (const fs::path& path : options.plugin_dirs) add(out, fs::absolute(path, ec), "--plugin-dir");
  if (options.default_plugin_dirs) {
    add_listed(out, std::getenv("HEZAR_PLUGIN_PATH"));
    const fs::path data = xdg_home("XDG_DATA_HOME", ".local/share");
    if (!data.empty()) add(out, data / "hezar/plugins", "user");
    add(out, installed, "installed");
  }
  std::set<std::pair<dev_t, ino_t>> seen;
  for (PluginDirectory& directory : out) {
    judge(directory, options);
    struct stat status = {};
    if (!directory.exists || ::stat(directory.path.c_str(), &status) != 0) continue;
    if (!seen.emplace(status.st_dev, status.st_ino).second) {
      directory.used = false;
      directory.repeated = true;
      directory.note = "searched already";
    }
  }
  return out;
}

namespace {

void collect(const fs::path& directory, bool below, std::vector<fs::path>& out) {
  std::error_code ec;
  std::vector<fs::path> entries;
  for (fs::directory_iterator it(directory, ec), end; !ec && it != end; it.increment(ec)) {
    entries.push_back(it->path());
  }
  std::sort(entries.begin(), entries.end());
  for (const fs::path& entry : entries) {
    const std::string name = entry.filename().string();
    if (name.starts_with('.')) continue;
    if (entry.extension() == ".so") {
      out.push_back(entry);
    } else if (below && fs::is_directory(entry, ec)) {
      collect(entry, false, out);
    }
  }
}

}  // namespace

std::vector<fs::path> plugin_candidates(const fs::path& directory) {
  std::vector<fs::path> out;
  collect(directory, true, out);
  return out;
}

}  // namespace hezar::plugin
