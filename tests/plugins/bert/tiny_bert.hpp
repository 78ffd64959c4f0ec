#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include <boost/json.hpp>

#include <hezar/config/described.hpp>
#include <hezar/config/json.hpp>
#include <hezar/config/yaml.hpp>
#include <hezar/error/error.hpp>
#include <hezar/io/state_dict.hpp>
#include <hezar/tensor/columns.hpp>
#include <sdk/torch/number_tokenizer.hpp>
#include <sdk/torch/runtime.hpp>

namespace hezar::test {

/// A repo of tests/data/bert: "bert_0".
inline std::filesystem::path repo(const std::string& name) {
  return std::filesystem::path(HEZAR_TEST_DATA) / "bert" / name;
}

template <class M>
typename M::Config config_of(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "model_config.yaml";
  return read_config<typename M::Config>({yaml::read_mapping(file), {}, file.string()});
}
template <class M>
typename M::Config config_of(const char* name) {
  return config_of<M>(repo(name));
}

/// The model of a repo with its weights and a tokenizer that reads numbers.
template <class M>
std::unique_ptr<M> load_repo(const std::filesystem::path& folder) {
  auto model = std::make_unique<M>(config_of<M>(folder), context(/*weights_follow=*/true));
  const WeightsReport report = model->load_weights(io::read_weights(folder), {});
  if (!report.complete()) throw Error(ErrorCode::kInternal, report.describe());
  Preprocessors preprocessors;
  preprocessors.add(std::make_shared<NumberTokenizer>());
  model->set_preprocessors(std::move(preprocessors));
  return model;
}
template <class M>
std::unique_ptr<M> load(const std::string& name) {
  return load_repo<M>(repo(name));
}

/// What the Python reference computed, see make_expected.py.
inline boost::json::object expected(const std::string& name) {
  return json::read(repo(name) / "expected.json").as_object();
}

/// {"token_ids": [[...]], ...} as int64 tensors.
inline Inputs inputs_of(const boost::json::object& json) {
  Inputs inputs;
  for (const auto& [name, rows] : json) {
    std::vector<std::int64_t> values;
    for (const auto& row : rows.as_array()) {
      for (const auto& value : row.as_array()) values.push_back(value.as_int64());
    }
    const auto count = static_cast<std::int64_t>(rows.as_array().size());
    const auto width = static_cast<std::int64_t>(values.size()) / count;
    inputs.set(std::string(name), Tensor::of(values, {count, width}));
  }
  return inputs;
}

/// The largest difference from {"shape", "data"}; infinite where the shapes differ.
inline double difference(const Tensor& tensor, const boost::json::value& wanted) {
  const auto shape = boost::json::value_to<std::vector<std::int64_t>>(wanted.at("shape"));
  if (!std::equal(shape.begin(), shape.end(), tensor.shape().begin(), tensor.shape().end())) {
    return std::numeric_limits<double>::infinity();
  }
  const Tensor contiguous = tensor.contiguous();
  const auto values = contiguous.values<float>();
  double worst = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double target = wanted.at("data").as_array()[i].to_number<double>();
    worst = std::max(worst, std::abs(static_cast<double>(values[i]) - target));
  }
  return worst;
}

/// float32 against the reference's float32, another order of sums.
inline constexpr double kTolerance = 1e-5;

}  // namespace hezar::test
