#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include <hezar/hub/options.hpp>
#include <hezar/tensor/device.hpp>

namespace hezar {

class Runtime;

/// What a factory gets beside its config.
struct BuildContext {
  Runtime& runtime;  ///< registries, threads; outlives the module
  Device device = {};
  Precision precision = Precision::kFp32;
  /// The repo folder the module is loaded from; empty when built from a config.
  std::filesystem::path base_path = {};
  /// True when weights follow, so a model need not fill its parameters with initial values.
  bool weights_follow = false;
};

/// How `load` finds and builds a module.
struct LoadOptions {
  Runtime* runtime = nullptr;  ///< null: Runtime::default_runtime()
  Device device = {};
  Precision precision = Precision::kAuto;
  boost::json::object overrides;  ///< config fields, as typed by a user
  bool load_preprocessor = true;
  bool mmap = true;  ///< map safetensors instead of reading them
  bool compat_positional =
      false;  ///< pair leftover weights by position, as the reference does (core.md 7.3)
  std::string config_filename;  ///< empty: the kind's own
  std::string
      weights_filename;  ///< empty: model.safetensors, its index, model.pt or pytorch_model.bin
  std::string revision;  ///< of a Hub repo; empty: main
  std::filesystem::path cache_dir;  ///< empty: $HEZAR_CACHE_DIR or ~/.cache/hezar
  hub::HubOptions hub;  ///< token, progress and stop of downloads; its cache_dir is not read
};

/// Called with what is done and the total (0 when unknown); from the calling thread.
using ProgressCallback = std::function<void(std::int64_t done, std::int64_t total)>;
/// Called with a row and the text that generation added to it; from the calling thread.
using TokenCallback = std::function<void(std::int64_t row, std::string_view text)>;

/// One call of a model.
struct PredictOptions {
  /// Options of the task by name ("top_k", "language", "max_new_tokens", ...); the model checks
  /// them against its own options struct, so an unknown one is an error with the nearest name.
  boost::json::object task;
  std::int64_t batch_size = 0;  ///< inputs per forward; 0: the model's choice
  bool preprocess = true;       ///< false: the inputs already are what forward takes
  bool post_process = true;     ///< false: predictions are the raw outputs
  std::stop_token
      stop;  ///< checked between batches and between generated tokens; ends in Error kCancelled
  ProgressCallback progress;
  TokenCallback on_token;
};

}  // namespace hezar
