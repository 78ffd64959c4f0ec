#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include <hezar/error/error.hpp>
#include <hezar/torch/encoder.hpp>

#include <encoder_packing.hpp>
#include <fast/packed_encoder.hpp>
#include <fast/stored_layers.hpp>

namespace hezar::torch {

namespace {

/// The linears of a layer that are packed as one.
std::array<std::vector<const Linear*>, 4> packed_together(const EncoderLayer& layer) {
  const Attention& attention = layer.attention();
  const FeedForward& feed_forward = layer.feed_forward();
  return {{{&attention.query(), &attention.key(), &attention.value()},
           {&attention.output()},
           {&feed_forward.intermediate()},
           {&feed_forward.output()}}};
}

/// Gives a parameter a value; whoever holds the parameter sees it.
void give(const at::Tensor& parameter, const at::Tensor& value) {
  at::Tensor(parameter).set_data(value.clone().to(parameter.device()));
}

/// Gives linears the weights that `packed` was made of.
/// @param factors  of the input, which the packed weight was divided by; or null.
void unpack_into(const std::vector<const Linear*>& linears, const fast::PackedLinear& packed,
                 const std::vector<float>* factors) {
  at::Tensor weight = packed.unpacked();
  if (factors != nullptr && !factors->empty()) weight *= at::tensor(*factors);
  const at::Tensor bias =
      at::from_blob(const_cast<float*>(packed.weight().bias), {packed.weight().out}, at::kFloat);
  std::int64_t first = 0;
  for (const Linear* linear : linears) {
    const std::int64_t count = linear->weight.size(0);
    give(linear->weight, weight.narrow(0, first, count));
    if (linear->bias.defined()) give(linear->bias, bias.narrow(0, first, count));
    first += count;
  }
}

}  // namespace

std::vector<at::Tensor> Encoder::packed_parameters() const {
  std::vector<at::Tensor> out;
  for (const EncoderLayer& layer : layers_) {
    for (const auto& group : packed_together(layer)) {
      for (const Linear* linear : group) {
        out.push_back(linear->weight);
        if (linear->bias.defined()) out.push_back(linear->bias);
      }
    }
  }
  return out;
}

void Encoder::store_packed(Precision precision, const LayerNorm* input_norm, StateDict& out) const {
  restore_weights();
  const std::shared_ptr<const fast::PackedEncoder> packed = make_packed(precision, input_norm);
  fast::store_layers(packed->options(), packed->layers(),
                     std::const_pointer_cast<fast::PackedEncoder>(packed), out);
}

void Encoder::use_stored(Precision precision, const StateDict& arrays) {
  // Read here for its checks; the layers are made with their norms, which are not there yet.
  static_cast<void>(fast::read_layers(packed_options(precision),
                                      static_cast<std::int64_t>(layers_.size()), arrays));
  packing_ = std::make_shared<Packing>();
  packing_->stored = StoredPacking{precision, arrays};
}

std::shared_ptr<const fast::PackedEncoder> Encoder::from_stored(const StoredPacking& stored) const {
  const fast::PackedEncoderOptions options = packed_options(stored.precision);
  std::vector<fast::PackedLayer> layers =
      fast::read_layers(options, static_cast<std::int64_t>(layers_.size()), stored.arrays);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    layers[i].attention_norm = packed_norm(layers_[i].attention_norm());
    layers[i].output_norm = packed_norm(layers_[i].output_norm());
  }
  return std::make_shared<const fast::PackedEncoder>(options, std::move(layers));
}

bool Encoder::is_stored(Precision precision) const {
  if (packing_ == nullptr) return false;
  const std::scoped_lock lock(packing_->mutex);
  return packing_->stored && packing_->stored->precision == precision;
}

void Encoder::restore_weights() const {
  if (packing_ == nullptr) return;
  const std::scoped_lock lock(packing_->mutex);
  if (!packing_->stored) return;
  const c10::InferenceMode parameters_may_train(false);
  const at::NoGradGuard no_grad;
  const fast::PackedEncoderOptions options = packed_options(packing_->stored->precision);
  const std::vector<fast::PackedLayer> stored = fast::read_layers(
      options, static_cast<std::int64_t>(layers_.size()), packing_->stored->arrays);
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const auto groups = packed_together(layers_[i]);
    auto group = groups.begin();
    fast::for_each_linear(options, stored[i],
                          [&](std::string_view /*name*/, const fast::PackedLinear& packed,
                              const std::vector<float>* factors, std::int64_t /*out*/,
                              std::int64_t /*in*/) { unpack_into(*group++, packed, factors); });
  }
  packing_->stored.reset();
}

}  // namespace hezar::torch
