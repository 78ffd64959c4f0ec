#include <plugin/dependencies.hpp>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <deque>
#include <string_view>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <plugin/plugin_file.hpp>

namespace hezar::plugin {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMaxLibraries = 2000;
constexpr std::array kSystemFolders = {"/lib64", "/usr/lib64", "/lib", "/usr/lib"};

/// `$ORIGIN:$ORIGIN/lib` with the folder of the library put in.
std::vector<fs::path> expand(std::string_view list, const fs::path& origin) {
  std::vector<fs::path> out;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(':'), list.size());
    std::string entry(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
    for (const std::string_view token :
         {std::string_view("${ORIGIN}"), std::string_view("$ORIGIN")}) {
      const std::size_t at = entry.find(token);
      if (at != std::string::npos) entry.replace(at, token.size(), origin.string());
    }
    // Relative entries mean the current folder, which is never searched here.
    if (entry.starts_with('/')) out.emplace_back(entry);
  }
  return out;
}

std::string state_of(const fs::path& library) {
  const FileIdentity identity = FileIdentity::of(library);
  return text::concat(identity.path, ":", identity.size, ":", identity.modified_ns);
}

}  // namespace

DependencyWalk::DependencyWalk(const HostAbi& host) : host_(host) {
  if (const ElfFile::Dynamic* own = dynamic_of(host.library)) {
    provided_.insert(own->needed.begin(), own->needed.end());
    provided_.insert(own->soname);
  }
}

bool DependencyWalk::exists(const fs::path& file) {
  const auto [entry, added] = exists_.try_emplace(file.string(), false);
  if (added) entry->second = ::access(file.c_str(), R_OK) == 0;
  return entry->second;
}

const ElfFile::Dynamic* DependencyWalk::dynamic_of(const fs::path& file) {
  const auto [entry, added] = read_.try_emplace(file.string());
  if (added) {
    try {
      entry->second = ElfFile(file).dynamic();
    } catch (const Error&) {
      entry->second.reset();  // the child's loader will say what is wrong with it
    }
  }
  return entry->second ? &*entry->second : nullptr;
}

DependencyWalk::Search DependencyWalk::find(const std::string& name, const fs::path& origin,
                                            const ElfFile::Dynamic& dynamic) {
  Search out;
  if (name.find('/') != std::string::npos) {
    if (exists(name)) out = {name, true, {}};
    return out;
  }
  const char* environment = std::getenv("LD_LIBRARY_PATH");
  std::vector<fs::path> folders =
      dynamic.runpath.empty() ? expand(dynamic.rpath, origin) : std::vector<fs::path>();
  for (fs::path& f : expand(environment == nullptr ? "" : environment, {})) folders.push_back(f);
  for (fs::path& f : expand(dynamic.runpath, origin)) folders.push_back(f);
  for (const fs::path& folder : folders) {
    out.looked.push_back(folder.lexically_normal().string());
    if (exists(folder / name)) return {folder / name, true, {}};
  }
  if (!cache_) cache_ = LoaderCache::load();
  const fs::path cached = cache_->find(name);
  if (!cached.empty() && exists(cached)) return {cached, false, {}};
  out.looked.emplace_back("the system's libraries");
  for (const char* folder : kSystemFolders) {
    if (exists(fs::path(folder) / name)) return {fs::path(folder) / name, false, {}};
  }
  return out;
}

Dependencies DependencyWalk::of(const fs::path& file, const ElfFile::Dynamic& dynamic,
                                bool needs_torch) {
  State state;
  if (needs_torch && !host_.torch_library.empty()) {
    state.found.state.push_back(state_of(host_.torch_library));
    if (const ElfFile::Dynamic* torch = dynamic_of(host_.torch_library)) {
      state.seen.insert(torch->soname);
      follow(host_.torch_library, *torch, state);
    }
  }
  if (!state.found.missing) follow(file, dynamic, state);
  std::sort(state.found.state.begin(), state.found.state.end());
  return std::move(state.found);
}

/// Breadth first, as the loader does, which takes the first library of a name for all who need it.
void DependencyWalk::follow(const fs::path& file, const ElfFile::Dynamic& dynamic, State& state) {
  std::deque<std::pair<fs::path, const ElfFile::Dynamic*>> open = {{file, &dynamic}};
  while (!open.empty() && state.seen.size() < kMaxLibraries) {
    const auto [library, links] = open.front();
    open.pop_front();
    for (const std::string& name : links->needed) {
      if (provided_.contains(name) || !state.seen.insert(name).second) continue;
      Search search = find(name, library.parent_path(), *links);
      if (search.found.empty()) {
        state.found.missing = {name, library.filename().string(), std::move(search.looked)};
        return;
      }
      if (!search.own) continue;  // what the system has is complete
      state.found.state.push_back(state_of(search.found));
      if (const ElfFile::Dynamic* next = dynamic_of(search.found)) {
        open.emplace_back(search.found, next);
      }
    }
  }
}

}  // namespace hezar::plugin
