#include <algorithm>
#include <limits>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/torch/convert.hpp>
#include <hezar/torch/load_state_dict.hpp>
#include <hezar/torch/text_encoder_model.hpp>

#include <fast/stored_layers.hpp>

namespace hezar::torch {

namespace {

// In the metadata of packed weights: what the tensors below kStoredPrefix mean. Another meaning
// gets another number; see sdk/torch/README.md.
constexpr const char* kLayoutKey = "hezar.layout";
constexpr const char* kLayout = "panels64/1";

void check_layout(const io::StoredWeights& weights) {
  const auto found = weights.metadata.find(kLayoutKey);
  const std::string got = found == weights.metadata.end() ? "none" : found->second;
  if (got == kLayout) return;
  throw expected_error(ErrorCode::kFormat, text::concat(weights.file.string(), ": ", kLayoutKey),
                       kLayout, got,
                       "The weights were packed by another version of hezar: convert the model "
                       "again, or use the version that wrote them.");
}

/// The parameters that packed weights stand for, among all.
std::vector<NamedParameter> packed_among(const std::vector<NamedParameter>& all,
                                         const std::vector<at::Tensor>& packed) {
  std::set<const at::TensorImpl*> wanted;
  for (const at::Tensor& tensor : packed) wanted.insert(tensor.unsafeGetTensorImpl());
  std::vector<NamedParameter> out;
  std::copy_if(all.begin(), all.end(), std::back_inserter(out), [&](const NamedParameter& p) {
    return wanted.contains(p.tensor.unsafeGetTensorImpl());
  });
  return out;
}

/// Of that shape, but of the size of one element: NaN.
hezar::Tensor placeholder(at::IntArrayRef shape) {
  const hezar::Tensor nan =
      hezar::Tensor::of(std::vector<float>{std::numeric_limits<float>::quiet_NaN()}, {1});
  return hezar::Tensor::view(const_cast<void*>(nan.data()), shape.vec(),
                             std::vector<std::int64_t>(shape.size(), 0), DType::kFloat32,
                             nan.owner());
}

}  // namespace

StateDict TextEncoderModel::state_dict() const {
  encoder_.layers().restore_weights();
  return TextModel::state_dict();
}

io::StoredWeights TextEncoderModel::packed_weights(Precision precision) const {
  if (precision != Precision::kBf16 && precision != Precision::kInt8) {
    throw expected_error(ErrorCode::kValue, "packed weights", "bf16 or int8", to_string(precision));
  }
  const StateDict all = state_dict();
  io::StoredWeights out;
  encoder_.store_packed(precision, out.tensors);
  auto& tree = const_cast<TextEncoderModel&>(*this);  // nn::Module reads through what is not const
  std::set<std::string> packed;
  for (const NamedParameter& p :
       packed_among(all_parameters(tree), encoder_.layers().packed_parameters())) {
    packed.insert(p.name);
  }
  for (const auto& [name, tensor] : all) {
    if (!packed.contains(name)) out.tensors.add(name, tensor);
  }
  out.metadata = {{"format", "pt"},
                  {std::string(kPrecisionKey), std::string(to_string(precision))},
                  {std::string(kParametersKey), std::to_string(num_parameters())},
                  {kLayoutKey, kLayout}};
  return out;
}

WeightsReport TextEncoderModel::load_packed(const io::StoredWeights& weights,
                                            const LoadOptions& options) {
  check_layout(weights);
  StateDict packed;
  StateDict plain;
  for (const auto& [name, tensor] : weights.tensors)
    (name.starts_with(fast::kStoredPrefix) ? packed : plain).add(name, tensor);
  try {
    encoder_.layers().use_stored(precision_of(weights), packed);
  } catch (const Error& error) {
    throw Error(error.code(), text::concat(weights.file.string(), ": ", error.message()),
                error.hint());
  }
  for (const NamedParameter& p :
       packed_among(all_parameters(*this), encoder_.layers().packed_parameters())) {
    plain.add(p.name, placeholder(p.tensor.sizes()));
  }
  return load_weights(plain, options);
}

void* TextEncoderModel::interface(std::string_view id) noexcept {
  if (id == PackableModel::kInterfaceId) return static_cast<PackableModel*>(this);
  return TextModel::interface(id);
}

}  // namespace hezar::torch
