#include <hezar/plugin/host.hpp>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/log/log.hpp>
#include <hezar/plugin/scan.hpp>
#include <hezar/text/concat.hpp>
#include <plugin/directories.hpp>
#include <plugin/disabled_plugins.hpp>
#include <plugin/discovery.hpp>
#include <plugin/loader.hpp>
#include <plugin/needs.hpp>
#include <plugin/output_guard.hpp>
#include <plugin/printable.hpp>
#include <plugin/proof.hpp>
#include <plugin/registration.hpp>
#include <plugin/verdict_cache.hpp>

namespace hezar {

using plugin::FoundPlugin;
using plugin::Verdict;

namespace {

constexpr std::size_t kMaxChildren = 4;  // at a time

std::filesystem::path cache_folder() {
  const std::filesystem::path cache = plugin::xdg_home("XDG_CACHE_HOME", ".cache");
  return cache.empty() ? cache : cache / "hezar" / "plugins";
}

/// A list that cannot be read disables nothing, and says so.
plugin::PluginNames disabled_by_user(const RuntimeOptions& options) {
  const std::filesystem::path file = plugin::disabled_plugins_file();
  if (!options.default_plugin_dirs || file.empty()) return {};
  try {
    return plugin::read_disabled_plugins(file);
  } catch (const Error& e) {
    log::warning(text::concat(e.what(), " Until then no plugin is disabled."));
    return {};
  }
}

}  // namespace

struct PluginHost::Impl {
  Impl(Runtime& runtime_in, RuntimeOptions options_in)
      : runtime(runtime_in),
        options(std::move(options_in)),
        host(plugin::this_host()),
        cache(cache_folder(), host) {}

  void search();
  void announce(FoundPlugin& found);
  [[nodiscard]] FoundPlugin take(std::string_view name) const;
  void put(const FoundPlugin& found);
  void open(FoundPlugin& found);
  void refresh(FoundPlugin& found) const;
  [[nodiscard]] bool open_needs(FoundPlugin& found);
  [[nodiscard]] std::optional<Verdict> known(const FoundPlugin& found) const;
  [[nodiscard]] Verdict prove(const FoundPlugin& found) const;
  void prove_each(const std::vector<FoundPlugin*>& unproven) const;
  static void apply(const Verdict& verdict, FoundPlugin& found);

  Runtime& runtime;
  const RuntimeOptions options;
  const plugin::HostAbi& host;
  const plugin::VerdictCache cache;
  std::vector<PluginDirectory> directories;  // fixed after construction
  std::mutex opening;                        // one plugin is proven and opened at a time
  mutable std::mutex mutex;                  // guards the list below
  std::vector<FoundPlugin> plugins;
};

void PluginHost::Impl::apply(const Verdict& verdict, FoundPlugin& found) {
  if (verdict.status != PluginStatus::kAvailable) {
    found.refuse(verdict.status, verdict.reason);
    return;
  }
  if (!found.file.modules) found.info.modules = verdict.modules;
  if (verdict.warning.empty()) return;
  found.info.warning = text::concat(plugin::printable(found.info.path.filename().string(), 255),
                                    ": ", verdict.warning);
}

std::optional<Verdict> PluginHost::Impl::known(const FoundPlugin& found) const {
  return cache.find(found.file, found.dependencies);
}

Verdict PluginHost::Impl::prove(const FoundPlugin& found) const {
  if (std::optional<Verdict> before = known(found)) return std::move(*before);
  Verdict verdict = plugin::prove(found.file, host);
  Verdict kept = verdict;
  if (found.file.modules) kept.modules.clear();  // the file has them
  cache.store(found.file, found.dependencies, kept);
  return verdict;
}

void PluginHost::Impl::prove_each(const std::vector<FoundPlugin*>& unproven) const {
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < unproven.size(); i = next++) {
      apply(prove(*unproven[i]), *unproven[i]);
    }
  };
  std::vector<std::jthread> workers;
  try {
    for (std::size_t i = 1; i < std::min(unproven.size(), kMaxChildren); ++i) {
      workers.emplace_back(work);
    }
  } catch (const std::system_error&) {  // no more threads to be had: this one does it
  }
  work();
}

void PluginHost::Impl::search() {
  directories =
      plugin::search_directories(options, host.library.parent_path() / "hezar" / "plugins");
  plugins = plugin::discover(directories, options, host, disabled_by_user(options));
  std::vector<FoundPlugin*> unlisted;
  for (FoundPlugin& found : plugins) {
    if (!found.usable()) continue;
    if (const std::optional<Verdict> verdict = known(found)) {
      apply(*verdict, found);
    } else if (!found.file.modules) {
      unlisted.push_back(&found);
    }
  }
  prove_each(unlisted);
  for (FoundPlugin& found : plugins) announce(found);
}

void PluginHost::Impl::announce(FoundPlugin& found) {
  if (!found.usable()) return;
  try {
    plugin::announce_modules(runtime, found.info.modules);
  } catch (const Error& e) {
    found.refuse(PluginStatus::kConflict, e.what());
  }
}

/// The usable plugin of that name, or else the first.
FoundPlugin PluginHost::Impl::take(std::string_view name) const {
  const std::scoped_lock lock(mutex);
  const FoundPlugin* first = nullptr;
  std::vector<std::string> names;
  for (const FoundPlugin& found : plugins) {
    if (found.info.status == PluginStatus::kNotAPlugin) continue;
    names.push_back(found.info.name);
    if (found.info.name != name) continue;
    if (found.usable()) return found;
    if (first == nullptr) first = &found;
  }
  if (first != nullptr) return *first;
  throw unknown_name_error(ErrorCode::kKey, "plugin host", "the name of a plugin", name, names,
                           "See hezar plugin doctor.");
}

void PluginHost::Impl::put(const FoundPlugin& found) {
  const std::scoped_lock lock(mutex);
  const auto old = std::find_if(plugins.begin(), plugins.end(), [&](const FoundPlugin& other) {
    return other.info.path == found.info.path;
  });
  if (old != plugins.end()) *old = found;
}

/// Opens what a plugin needs; false where that cannot be, which its status and reason then say.
bool PluginHost::Impl::open_needs(FoundPlugin& found) {
  for (const std::string& name : found.file.needs) {
    FoundPlugin needed = take(name);
    if (needed.usable() && needed.info.status != PluginStatus::kLoaded) {
      open(needed);
      put(needed);
    }
    if (needed.info.status == PluginStatus::kLoaded) continue;
    found.refuse(PluginStatus::kMissingDependency, plugin::describe_need(name, &needed.info));
    return false;
  }
  return true;
}

/// Reads the file again where it is another than it was when the host began.
void PluginHost::Impl::refresh(FoundPlugin& found) const {
  plugin::FileIdentity now = plugin::FileIdentity::of(found.info.path);
  now.build_id = found.file.identity.build_id;
  if (now == found.file.identity) return;
  if (now.inode == 0) {
    found.refuse(PluginStatus::kUnreadable, "was removed while hezar ran. Start it again");
    return;
  }
  plugin::DependencyWalk walk(host);
  FoundPlugin read = plugin::inspect(found.info.path, host, walk);
  // Needs were found free of circles when the host began.
  const bool same = read.info.name == found.info.name && read.file.needs == found.file.needs;
  found = std::move(read);
  if (!found.usable() || same) return;
  found.refuse(PluginStatus::kFailed, "became another plugin while hezar ran. Start it again");
}

/// What is wrong ends up in its status and reason.
void PluginHost::Impl::open(FoundPlugin& found) {
  refresh(found);
  if (!found.usable()) return;
  apply(prove(found), found);
  if (!found.usable()) return;
  if (!open_needs(found)) return;
  if (!found.info.warning.empty()) log::warning(found.info.warning);
  const plugin::OutputGuard guard(!found.info.warning.empty());
  plugin::Opened opened =
      plugin::open_plugin(found.info.path, found.file.descriptor, host, [](std::string_view) {});
  if (!opened.registrar) {
    found.refuse(opened.fault.status, opened.fault.reason);
    return;
  }
  const std::vector<ModuleInfo> registered = plugin::modules_of(*opened.registrar);
  const std::string differs = plugin::difference(found.info.modules, registered);
  if (!differs.empty()) {
    found.refuse(PluginStatus::kConflict, differs);
    return;
  }
  add_modules(runtime, *opened.registrar);
  found.info.status = PluginStatus::kLoaded;
}

PluginHost::PluginHost(Runtime& runtime, const RuntimeOptions& options)
    : impl_(std::make_unique<Impl>(runtime, options)) {
  impl_->search();
}

PluginHost::~PluginHost() = default;

const std::vector<PluginDirectory>& PluginHost::directories() const {
  return impl_->directories;
}

std::vector<PluginInfo> PluginHost::list() const {
  const std::scoped_lock lock(impl_->mutex);
  std::vector<PluginInfo> out;
  for (const FoundPlugin& found : impl_->plugins) out.push_back(found.info);
  return out;
}

std::optional<PluginInfo> PluginHost::find(std::string_view name) const {
  try {
    return impl_->take(name).info;
  } catch (const Error&) {
    return std::nullopt;
  }
}

void PluginHost::open(std::string_view name) {
  const std::scoped_lock lock(impl_->opening);
  FoundPlugin found = impl_->take(name);
  if (found.info.status == PluginStatus::kLoaded) return;
  if (found.usable()) {
    impl_->open(found);
    impl_->put(found);
  }
  if (found.info.status == PluginStatus::kLoaded) return;
  throw Error(ErrorCode::kPlugin, text::concat("plugin ", name, ": ", found.info.reason));
}

void PluginHost::prove_all() {
  const std::scoped_lock lock(impl_->opening);
  std::vector<FoundPlugin> copies;
  {
    const std::scoped_lock list_lock(impl_->mutex);
    copies = impl_->plugins;
  }
  std::vector<FoundPlugin*> unproven;
  for (FoundPlugin& found : copies) {
    if (found.info.status == PluginStatus::kAvailable) unproven.push_back(&found);
  }
  impl_->prove_each(unproven);
  for (const FoundPlugin* found : unproven) impl_->put(*found);
}

std::vector<std::string> PluginHost::needs(std::string_view name) const {
  try {
    return impl_->take(name).file.needs;
  } catch (const Error&) {
    return {};
  }
}

std::vector<MissingLibrary> PluginHost::missing_libraries() const {
  const std::scoped_lock lock(impl_->mutex);
  std::vector<MissingLibrary> out;
  for (const FoundPlugin& found : impl_->plugins) {
    if (!found.missing) continue;
    const plugin::MissingDependency& missing = *found.missing;
    out.push_back({found.info.path, missing.library, missing.needed_by, missing.looked});
  }
  return out;
}

}  // namespace hezar
