#include <plugin/registration.hpp>

#include <hezar/error/error.hpp>
#include <hezar/plugin/registrar.hpp>
#include <hezar/plugin/scan.hpp>
#include <hezar/text/concat.hpp>

namespace hezar {

namespace {

template <class Use>
void with_registry(Runtime& runtime, Kind kind, Use use) {
  if (kind == Kind::kModel) use(runtime.models());
  if (kind == Kind::kPreprocessor) use(runtime.preprocessors());
  if (kind == Kind::kDataset) use(runtime.datasets());
  if (kind == Kind::kEmbedding) use(runtime.embeddings());
  if (kind == Kind::kMetric) use(runtime.metrics());
  if (kind == Kind::kTrainer) use(runtime.trainers());
}

/// Checked before the first is added, so that all are or none.
void check_free(Runtime& runtime, const Registrar& registrar) {
  for (const Registrar::Registration& one : registrar.registrations()) {
    const ModuleInfo& info = one.info;
    with_registry(runtime, info.kind, [&](const auto& registry) {
      const auto entry = registry.find(info.plugin + ":" + info.name);
      if (!entry || !entry->factory) return;
      throw expected_error(ErrorCode::kPlugin, text::concat("plugin ", info.plugin),
                           "names that it has not registered yet",
                           text::concat(to_string(info.kind), " \"", info.name, '"'));
    });
  }
}

}  // namespace

void plugin::announce_modules(Runtime& runtime, const std::vector<ModuleInfo>& modules) {
  for (const ModuleInfo& info : modules) {
    with_registry(runtime, info.kind, [&](auto& registry) { registry.announce(info); });
  }
}

void add_modules(Runtime& runtime, const Registrar& registrar) {
  check_free(runtime, registrar);
  for (const Registrar::Registration& one : registrar.registrations()) {
    with_registry(runtime, one.info.kind, [&]<class T>(Registry<T>& registry) {
      registry.add(one.info, std::get<Factory<T>>(one.factory));
    });
  }
}

}  // namespace hezar
