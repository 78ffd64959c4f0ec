#include <hezar/plugin/host.hpp>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/log/log.hpp>
#include <hezar/plugin/registrar.hpp>
#include <hezar/text/concat.hpp>
#include <plugin/directories.hpp>
#include <plugin/discovery.hpp>
#include <plugin/loader.hpp>
#include <plugin/output_guard.hpp>
#include <plugin/printable.hpp>
#include <plugin/proof.hpp>
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

template <class Use>
void with_registry(Runtime& runtime, Kind kind, Use use) {
  if (kind == Kind::kModel) use(runtime.models());
  if (kind == Kind::kPreprocessor) use(runtime.preprocessors());
  if (kind == Kind::kDataset) use(runtime.datasets());
  if (kind == Kind::kEmbedding) use(runtime.embeddings());
  if (kind == Kind::kMetric) use(runtime.metrics());
  if (kind == Kind::kTrainer) use(runtime.trainers());
}

/// Adds one registration to the registry of its factory's kind.
struct Commit {
  Runtime& runtime;
  const ModuleInfo& info;
  void operator()(const Factory<Model>& f) const { runtime.models().add(info, f); }
  void operator()(const Factory<Preprocessor>& f) const { runtime.preprocessors().add(info, f); }
  void operator()(const Factory<Dataset>& f) const { runtime.datasets().add(info, f); }
  void operator()(const Factory<Embedding>& f) const { runtime.embeddings().add(info, f); }
  void operator()(const Factory<Metric>& f) const { runtime.metrics().add(info, f); }
  void operator()(const Factory<Trainer>& f) const { runtime.trainers().add(info, f); }
};

/// Checked before the first is added, so that all are or none.
void check_free(Runtime& runtime, const std::vector<ModuleInfo>& modules) {
  for (const ModuleInfo& info : modules) {
    with_registry(runtime, info.kind, [&](auto& registry) {
      const auto entry = registry.find(info.plugin + ":" + info.name);
      if (!entry || !entry->factory) return;
      throw expected_error(ErrorCode::kPlugin, text::concat("plugin ", info.plugin),
                           "names that it has not registered yet",
                           text::concat(to_string(info.kind), " \"", info.name, '"'));
    });
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
  plugins = plugin::discover(directories, options, host);
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
    for (const ModuleInfo& info : found.info.modules) {
      with_registry(runtime, info.kind, [&](auto& registry) { registry.announce(info); });
    }
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

/// What is wrong ends up in its status and reason.
void PluginHost::Impl::open(FoundPlugin& found) {
  const std::string name = found.info.name;
  plugin::FileIdentity now = plugin::FileIdentity::of(found.info.path);
  now.build_id = found.file.identity.build_id;
  if (now != found.file.identity) {
    plugin::DependencyWalk walk(host);
    found = plugin::inspect(found.info.path, host, walk);
    if (found.usable() && found.info.name != name) {
      found.refuse(PluginStatus::kFailed, "became another plugin while hezar ran. Start it again");
    }
  }
  if (!found.usable()) return;
  apply(prove(found), found);
  if (!found.usable()) return;
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
  check_free(runtime, registered);
  for (const Registrar::Registration& one : opened.registrar->registrations()) {
    std::visit(Commit{runtime, one.info}, one.factory);
  }
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

}  // namespace hezar
