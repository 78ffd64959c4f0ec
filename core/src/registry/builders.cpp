#include <hezar/registry/builders.hpp>

#include <string>

#include <hezar/config/config.hpp>
#include <hezar/module/dataset.hpp>
#include <hezar/module/embedding.hpp>
#include <hezar/module/metric.hpp>
#include <hezar/module/model.hpp>
#include <hezar/module/preprocessor.hpp>
#include <hezar/module/trainer.hpp>
#include <hezar/registry/runtime.hpp>
#include <registry/aliases.hpp>

namespace hezar {

namespace {

boost::json::object with_preprocessor_key(boost::json::object overrides) {
  if (const boost::json::value* path = overrides.if_contains("tokenizer_path")) {
    overrides["preprocessor"] = *path;
    overrides.erase("tokenizer_path");
  }
  return overrides;
}

template <class T>
std::unique_ptr<T> build(std::string_view name, const boost::json::object& config,
                         const boost::json::object& overrides, const BuildOptions& options) {
  Runtime& runtime = options.runtime != nullptr ? *options.runtime : Runtime::default_runtime();
  const std::string_view known = current_name(name);
  const BuildContext context{runtime, options.device, options.precision, options.base_path, false};
  return runtime.build<T>(known, ConfigValues{config, overrides, std::string(known)}, context);
}

}  // namespace

std::unique_ptr<Model> build_model(std::string_view name, const boost::json::object& config,
                                   const boost::json::object& overrides,
                                   const BuildOptions& options) {
  return build<Model>(name, config, overrides, options);
}

std::unique_ptr<Preprocessor> build_preprocessor(std::string_view name,
                                                 const boost::json::object& config,
                                                 const boost::json::object& overrides,
                                                 const BuildOptions& options) {
  return build<Preprocessor>(name, config, overrides, options);
}

std::unique_ptr<Dataset> build_dataset(std::string_view name, const boost::json::object& config,
                                       const boost::json::object& overrides,
                                       const BuildOptions& options) {
  return build<Dataset>(name, config, with_preprocessor_key(overrides), options);
}

std::unique_ptr<Embedding> build_embedding(std::string_view name, const boost::json::object& config,
                                           const boost::json::object& overrides,
                                           const BuildOptions& options) {
  boost::json::object merged = overrides;
  if (name == "word2vec_cbow") merged.emplace("train_algorithm", "cbow");
  return build<Embedding>(name, config, merged, options);
}

std::unique_ptr<Metric> build_metric(std::string_view name, const boost::json::object& config,
                                     const boost::json::object& overrides,
                                     const BuildOptions& options) {
  return build<Metric>(name, config, overrides, options);
}

std::unique_ptr<Trainer> build_trainer(std::string_view name, const boost::json::object& config,
                                       const boost::json::object& overrides,
                                       const BuildOptions& options) {
  return build<Trainer>(name, config, overrides, options);
}

}  // namespace hezar
