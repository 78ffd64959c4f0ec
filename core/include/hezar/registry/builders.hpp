#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include <hezar/api.hpp>
#include <hezar/module/options.hpp>

namespace hezar {

class Model;
class Preprocessor;
class Dataset;
class Embedding;
class Metric;
class Trainer;

struct BuildOptions {
  Runtime* runtime = nullptr;  ///< null: Runtime::default_runtime()
  Device device = {};
  Precision precision = Precision::kFp32;
  std::filesystem::path
      base_path;  ///< where files of the module lie, e.g. preprocessor/tokenizer.json
};

/// Builds a module by its registry name; no weights are loaded. Order: defaults < config <
/// overrides. The guide's older spellings work: `bert_lm`, `roberta_lm`, `distilbert_lm`, and
/// `tokenizer_path` for datasets.
/// @throws Error kKey with the nearest names, and the plugin that would bring a first-party one.
[[nodiscard]] HEZAR_API std::unique_ptr<Model> build_model(
    std::string_view name, const boost::json::object& config = {},
    const boost::json::object& overrides = {}, const BuildOptions& options = {});
[[nodiscard]] HEZAR_API std::unique_ptr<Preprocessor> build_preprocessor(
    std::string_view name, const boost::json::object& config = {},
    const boost::json::object& overrides = {}, const BuildOptions& options = {});
[[nodiscard]] HEZAR_API std::unique_ptr<Dataset> build_dataset(
    std::string_view name, const boost::json::object& config = {},
    const boost::json::object& overrides = {}, const BuildOptions& options = {});
[[nodiscard]] HEZAR_API std::unique_ptr<Embedding> build_embedding(
    std::string_view name, const boost::json::object& config = {},
    const boost::json::object& overrides = {}, const BuildOptions& options = {});
[[nodiscard]] HEZAR_API std::unique_ptr<Metric> build_metric(
    std::string_view name, const boost::json::object& config = {},
    const boost::json::object& overrides = {}, const BuildOptions& options = {});
[[nodiscard]] HEZAR_API std::unique_ptr<Trainer> build_trainer(
    std::string_view name, const boost::json::object& config = {},
    const boost::json::object& overrides = {}, const BuildOptions& options = {});

}  // namespace hezar
