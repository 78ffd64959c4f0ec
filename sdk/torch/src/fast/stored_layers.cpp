#include <fast/stored_layers.hpp>

#include <string>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

#include <fast/stored_array.hpp>

namespace hezar::torch::fast {

namespace {

std::string layer_prefix(std::int64_t index) {
  return text::concat(kStoredPrefix, "layer.", index, ".");
}

void store_layer(const PackedEncoderOptions& options, const PackedLayer& layer,
                 const std::string& prefix, const std::shared_ptr<void>& owner, StateDict& to) {
  for_each_linear(options, layer,
                  [&](std::string_view name, const PackedLinear& linear,
                      const std::vector<float>* factors, std::int64_t /*out*/, std::int64_t in) {
                    const std::string place = text::concat(prefix, name, ".");
                    linear.store(place, owner, to);
                    if (factors == nullptr || options.format != Format::kInt8) return;
                    // Without a norm to know the input's range by, there are none.
                    const std::vector<float> ones(static_cast<std::size_t>(in), 1.0F);
                    to.add(place + "factors",
                           hezar::Tensor::of(factors->empty() ? ones : *factors, {in}));
                  });
}

PackedLayer read_layer(const PackedEncoderOptions& options, const StateDict& arrays,
                       const std::string& prefix) {
  PackedLayer layer;
  for_each_linear(options, layer,
                  [&](std::string_view name, PackedLinear& linear, std::vector<float>* factors,
                      std::int64_t out, std::int64_t in) {
                    const std::string place = text::concat(prefix, name, ".");
                    linear = PackedLinear({options.format, out, in}, arrays, place);
                    if (factors == nullptr || options.format != Format::kInt8) return;
                    const hezar::Tensor stored =
                        stored_array(arrays, place + "factors", DType::kFloat32, {in});
                    const auto values = stored.values<float>();
                    factors->assign(values.begin(), values.end());
                  });
  return layer;
}

/// A model of fewer layers than the file's would answer, but nonsense.
void check_all_read(const StateDict& arrays, std::int64_t num_layers) {
  const std::string next = layer_prefix(num_layers);
  for (const auto& [name, tensor] : arrays) {
    if (!name.starts_with(next)) continue;
    throw expected_error(ErrorCode::kFormat, "packed weights",
                         text::concat(num_layers, " layers, as the config says"), name,
                         "The config and the weights are of different models.");
  }
}

}  // namespace

void store_layers(const PackedEncoderOptions& options, const std::vector<PackedLayer>& layers,
                  const std::shared_ptr<void>& owner, StateDict& to) {
  for (std::size_t i = 0; i < layers.size(); ++i) {
    store_layer(options, layers[i], layer_prefix(static_cast<std::int64_t>(i)), owner, to);
  }
}

std::vector<PackedLayer> read_layers(const PackedEncoderOptions& options, std::int64_t num_layers,
                                     const StateDict& arrays) {
  check_all_read(arrays, num_layers);
  std::vector<PackedLayer> layers;
  layers.reserve(static_cast<std::size_t>(num_layers));
  for (std::int64_t i = 0; i < num_layers; ++i)
    layers.push_back(read_layer(options, arrays, layer_prefix(i)));
  return layers;
}

}  // namespace hezar::torch::fast
