#include <plugin/registration.hpp>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::plugin {

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
void check_free(Runtime& runtime, const Registrar& registrar) {
  for (const Registrar::Registration& one : registrar.registrations()) {
    const ModuleInfo& info = one.info;
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

void announce_modules(Runtime& runtime, const std::vector<ModuleInfo>& modules) {
  for (const ModuleInfo& info : modules) {
    with_registry(runtime, info.kind, [&](auto& registry) { registry.announce(info); });
  }
}

void commit_modules(Runtime& runtime, const Registrar& registrar) {
  check_free(runtime, registrar);
  for (const Registrar::Registration& one : registrar.registrations()) {
    std::visit(Commit{runtime, one.info}, one.factory);
  }
}

}  // namespace hezar::plugin
