#include <hezar/registry/runtime.hpp>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/module/dataset.hpp>
#include <hezar/module/embedding.hpp>
#include <hezar/module/metric.hpp>
#include <hezar/module/model.hpp>
#include <hezar/module/preprocessor.hpp>
#include <hezar/module/trainer.hpp>
#include <hezar/plugin/host.hpp>
#include <hezar/text/concat.hpp>
#include <registry/aliases.hpp>

namespace hezar {

namespace {

// The default runtime lives until the process ends: modules and plugins refer to it.
std::mutex default_mutex;
Runtime* default_instance = nullptr;
RuntimeOptions* default_options = nullptr;

int resolve_threads(int wanted) {
  if (wanted > 0) return wanted;
  return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

}  // namespace

struct Runtime::Impl {
  Registry<Model> models;
  Registry<Preprocessor> preprocessors;
  Registry<Dataset> datasets;
  Registry<Embedding> embeddings;
  Registry<Metric> metrics;
  Registry<Trainer> trainers;
  int threads = 1;
  std::unique_ptr<PluginHost> plugins;  // last: it fills the registries

  template <class T>
  [[nodiscard]] Registry<T>& registry() {
    if constexpr (std::is_same_v<T, Model>)
      return models;
    else if constexpr (std::is_same_v<T, Preprocessor>)
      return preprocessors;
    else if constexpr (std::is_same_v<T, Dataset>)
      return datasets;
    else if constexpr (std::is_same_v<T, Embedding>)
      return embeddings;
    else if constexpr (std::is_same_v<T, Metric>)
      return metrics;
    else
      return trainers;
  }

  /// Calls `use` with the registry of `kind`.
  template <class Use>
  auto with_registry(Kind kind, Use use) {
    switch (kind) {
      case Kind::kModel:
        return use(models);
      case Kind::kPreprocessor:
        return use(preprocessors);
      case Kind::kDataset:
        return use(datasets);
      case Kind::kEmbedding:
        return use(embeddings);
      case Kind::kMetric:
        return use(metrics);
      case Kind::kTrainer:
        break;
    }
    return use(trainers);
  }

  /// Why a module that nobody offers is not there: its plugin is broken, or absent.
  [[nodiscard]] std::string absence_hint(Kind kind, std::string_view name) const {
    for (const PluginInfo& plugin : plugins->list()) {
      const bool provides = std::any_of(
          plugin.modules.begin(), plugin.modules.end(),
          [&](const ModuleInfo& module) { return module.kind == kind && module.name == name; });
      if (provides && !plugin.reason.empty()) {
        return text::concat("The plugin ", plugin.name, " would provide it: ", plugin.reason);
      }
    }
    if (const auto provider = PluginHost::first_party_provider(kind, name)) {
      return text::concat("The plugin ", *provider,
                          " would provide it, but it is in no plugin folder. ",
                          "See hezar plugin doctor.");
    }
    return {};
  }

  [[nodiscard]] Error unknown(Kind kind, std::string_view name,
                              const std::vector<std::string>& names) const {
    return unknown_name_error(ErrorCode::kKey, text::concat(to_string(kind), " registry"),
                              text::concat("the name of a ", to_string(kind)), name, names,
                              absence_hint(kind, name));
  }
};

Runtime::Runtime(RuntimeOptions options) : impl_(std::make_unique<Impl>()) {
  impl_->threads = resolve_threads(options.threads);
  impl_->plugins = std::make_unique<PluginHost>(*this, options);
}

Runtime::~Runtime() = default;

Runtime& Runtime::default_runtime() {
  const std::lock_guard lock(default_mutex);
  if (default_instance == nullptr) {
    default_instance =
        new Runtime(default_options != nullptr ? *default_options : RuntimeOptions{});
  }
  return *default_instance;
}

void Runtime::configure_default(RuntimeOptions options) {
  const std::lock_guard lock(default_mutex);
  if (default_instance != nullptr) {
    throw expected_error(ErrorCode::kValue, "Runtime::configure_default",
                         "a call before the first use", "one after it",
                         "Configure at the start of main, or make a Runtime of your own.");
  }
  delete default_options;
  default_options = new RuntimeOptions(std::move(options));
}

Registry<Model>& Runtime::models() noexcept {
  return impl_->models;
}
Registry<Preprocessor>& Runtime::preprocessors() noexcept {
  return impl_->preprocessors;
}
Registry<Dataset>& Runtime::datasets() noexcept {
  return impl_->datasets;
}
Registry<Embedding>& Runtime::embeddings() noexcept {
  return impl_->embeddings;
}
Registry<Metric>& Runtime::metrics() noexcept {
  return impl_->metrics;
}
Registry<Trainer>& Runtime::trainers() noexcept {
  return impl_->trainers;
}
PluginHost& Runtime::plugins() noexcept {
  return *impl_->plugins;
}
int Runtime::threads() const noexcept {
  return impl_->threads;
}

std::vector<ModuleInfo> Runtime::list(Kind kind) const {
  return impl_->with_registry(kind, [](const auto& registry) { return registry.list(); });
}

ModuleInfo Runtime::info(Kind kind, std::string_view name) const {
  return impl_->with_registry(kind, [&](const auto& registry) {
    if (const auto entry = registry.find(name)) return entry->info;
    if (const auto entry = registry.find(current_name(name))) return entry->info;
    throw impl_->unknown(kind, name, registry.names());
  });
}

template <class T>
std::unique_ptr<T> Runtime::build(std::string_view name, const ConfigValues& values,
                                  const BuildContext& context) {
  Registry<T>& registry = impl_->registry<T>();
  auto entry = registry.find(name);
  if (!entry) throw impl_->unknown(parse_kind(T::kKind), name, registry.names());
  if (!entry->factory) {
    impl_->plugins->open(entry->info.plugin);
    entry = registry.find(name);
  }
  if (!entry || !entry->factory) {
    throw expected_error(ErrorCode::kPlugin, text::concat("plugin of ", T::kKind, " \"", name, '"'),
                         "that it registers what its file announces", "that it did not",
                         "Rebuild the plugin.");
  }
  return entry->factory(values, context);
}

template HEZAR_API std::unique_ptr<Model> Runtime::build(std::string_view, const ConfigValues&,
                                                         const BuildContext&);
template HEZAR_API std::unique_ptr<Preprocessor> Runtime::build(std::string_view,
                                                                const ConfigValues&,
                                                                const BuildContext&);
template HEZAR_API std::unique_ptr<Dataset> Runtime::build(std::string_view, const ConfigValues&,
                                                           const BuildContext&);
template HEZAR_API std::unique_ptr<Embedding> Runtime::build(std::string_view, const ConfigValues&,
                                                             const BuildContext&);
template HEZAR_API std::unique_ptr<Metric> Runtime::build(std::string_view, const ConfigValues&,
                                                          const BuildContext&);
template HEZAR_API std::unique_ptr<Trainer> Runtime::build(std::string_view, const ConfigValues&,
                                                           const BuildContext&);

}  // namespace hezar
