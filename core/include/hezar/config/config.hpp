#pragma once

#include <array>
#include <string>
#include <string_view>

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include <hezar/config/field.hpp>

namespace hezar {

/// Root of every module's config: a plain struct whose fields have defaults.
///
/// A config type derives from the base of its kind, states its identity as constants, describes its
/// fields with Boost.Describe and documents each in kFields:
///
///   struct MyModelConfig : ModelConfig {
///     static constexpr std::string_view kName = "my_model";
///     static constexpr std::string_view kTask = "text_classification";
///     std::int64_t hidden_size = 64;
///     static constexpr std::array kFields = {Field("hidden_size", "Width.").min(1)};
///   };
///   BOOST_DESCRIBE_STRUCT(MyModelConfig, (ModelConfig), (hidden_size))
///
/// `name`, `config_type` and `task` are written to files and checked when read, never set from
/// them.
struct Config {
  static constexpr std::string_view kConfigType = "base";
  static constexpr std::string_view kName = "";
  static constexpr std::string_view kTask = "";  // empty: none
  static constexpr std::array<Field, 0> kFields = {};

  /// Keys of the file that no field has; saved again as they were.
  boost::json::object extra;
};
BOOST_DESCRIBE_STRUCT(Config, (), ())

struct ModelConfig : Config {
  static constexpr std::string_view kConfigType = "model";
};
BOOST_DESCRIBE_STRUCT(ModelConfig, (Config), ())

struct PreprocessorConfig : Config {
  static constexpr std::string_view kConfigType = "preprocessor";
};
BOOST_DESCRIBE_STRUCT(PreprocessorConfig, (Config), ())

struct DatasetConfig : Config {
  static constexpr std::string_view kConfigType = "dataset";
};
BOOST_DESCRIBE_STRUCT(DatasetConfig, (Config), ())

struct EmbeddingConfig : Config {
  static constexpr std::string_view kConfigType = "embedding";
};
BOOST_DESCRIBE_STRUCT(EmbeddingConfig, (Config), ())

struct MetricConfig : Config {
  static constexpr std::string_view kConfigType = "metric";
};
BOOST_DESCRIBE_STRUCT(MetricConfig, (Config), ())

struct TrainerConfig : Config {
  static constexpr std::string_view kConfigType = "trainer";
};
BOOST_DESCRIBE_STRUCT(TrainerConfig, (Config), ())

/// A class of Transformers whose plain repos (config.json, no model_config.yaml) a model serves;
/// its config type lists them in kArchitectures.
struct Architecture {
  std::string_view name;           ///< "BertForTokenClassification"
  std::string_view config = "{}";  ///< fields that it implies, as JSON
};

/// The values a module is built from, before they become its config struct. Order: defaults < file
/// < overrides.
struct ConfigValues {
  boost::json::object
      file;  ///< as read from a file, or given by a program; unknown keys are kept in `extra`
  boost::json::object
      overrides;  ///< as typed by a user; an unknown key is an error that names the nearest one
  std::string origin;  ///< what errors call it: a file's path, or the module's name
};

}  // namespace hezar
