#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <hezar/torch/convert.hpp>
#include <hezar/torch/encoder.hpp>
#include <hezar/torch/load_state_dict.hpp>
#include <sdk/torch/expect_error.hpp>

namespace hezar::torch {
namespace {

using test::error_of;
using ::testing::HasSubstr;

struct Root : ::torch::nn::Module {};

constexpr std::int64_t kHidden = 48;  // no whole panel, and inner size no whole word
constexpr std::int64_t kInner = 70;

/// Two layers behind a norm, and their packed weights.
struct Subject {
  Subject() : input_norm(kHidden, 1e-5), encoder(Scope(root), options()) {
    at::manual_seed(5);
    const at::NoGradGuard no_grad;
    for (const NamedParameter& p : all_parameters(root)) at::Tensor(p.tensor).normal_(0.3, 0.5);
    input_norm.weight.normal_(1, 0.5);
    input_norm.bias.normal_(0, 0.5);
  }
  static EncoderOptions options() {
    EncoderOptions options;
    options.num_layers = 2;
    options.hidden_size = kHidden;
    options.num_heads = 4;
    options.intermediate_size = kInner;
    return options;
  }
  [[nodiscard]] StateDict stored(Precision precision) const {
    StateDict out;
    encoder.store_packed(precision, &input_norm, out);
    return out;
  }

  Root root;
  LayerNorm input_norm;
  Encoder encoder;
};

/// Another encoder with the norms of `subject`, whose linears hold nothing.
struct Reader {
  explicit Reader(const Subject& subject) : encoder(Scope(root), Subject::options()) {
    const at::NoGradGuard no_grad;
    std::vector<NamedParameter> from = all_parameters(const_cast<Root&>(subject.root));
    for (const NamedParameter& p : all_parameters(root)) {
      const bool is_norm = p.name.find("LayerNorm") != std::string::npos;
      const auto found = std::find_if(from.begin(), from.end(),
                                      [&](const NamedParameter& q) { return q.name == p.name; });
      at::Tensor(p.tensor).fill_(std::numeric_limits<float>::quiet_NaN());
      if (is_norm) at::Tensor(p.tensor).copy_(found->tensor);
    }
  }
  Root root;
  Encoder encoder;
};

at::Tensor plain(const Encoder& encoder, const at::Tensor& x) {
  return encoder.forward(x, {}).last_hidden_state;
}

at::Tensor packed(const Encoder& encoder, const at::Tensor& x) {
  return encoder.forward_packed(x, {{x.size(1)}, true}, false).last_hidden_state;
}

double cosine(const at::Tensor& a, const at::Tensor& b) {
  return (a * b).sum().item<double>() / (a.norm() * b.norm()).item<double>();
}

class StoredEncoderTest : public ::testing::TestWithParam<Precision> {
 protected:
  Subject subject;
  Reader reader{subject};
  StateDict stored = subject.stored(GetParam());
  at::Tensor x = at::randn({1, 9, kHidden});
};

TEST_P(StoredEncoderTest, ComputesWithWhatLiesInAFileAsWithWhatItPacksItself) {
  const c10::InferenceMode inference;
  reader.encoder.use_stored(GetParam(), stored);
  if (!reader.encoder.pack(GetParam())) return;  // a CPU without the fast path
  EXPECT_TRUE(reader.encoder.is_stored(GetParam())) << "its linears got weights nobody asked for";
  ASSERT_TRUE(subject.encoder.pack(GetParam(), &subject.input_norm));
  EXPECT_TRUE(at::equal(packed(reader.encoder, x), packed(subject.encoder, x)));
}

TEST_P(StoredEncoderTest, UnpacksForTheOtherExecutions) {
  const c10::InferenceMode inference;
  reader.encoder.use_stored(GetParam(), stored);
  EXPECT_GT(cosine(plain(reader.encoder, x), plain(subject.encoder, x)), 0.999);
  EXPECT_FALSE(reader.encoder.is_stored(GetParam()));
  for (const at::Tensor& parameter : reader.encoder.packed_parameters())
    EXPECT_FALSE(parameter.is_inference()) << "it could not be trained";
}

TEST_P(StoredEncoderTest, ComputesInAnotherPrecisionWhereAsked) {
  const c10::InferenceMode inference;
  reader.encoder.use_stored(GetParam(), stored);
  if (!reader.encoder.pack(Precision::kFp32)) return;
  EXPECT_GT(cosine(packed(reader.encoder, x), plain(subject.encoder, x)), 0.999);
}

TEST_P(StoredEncoderTest, StaysTheSameWhenItIsPackedAgain) {
  const c10::InferenceMode inference;
  reader.encoder.use_stored(GetParam(), stored);
  if (!reader.encoder.pack(GetParam())) return;
  const at::Tensor first = packed(reader.encoder, x);
  ASSERT_TRUE(reader.encoder.pack(GetParam()));
  EXPECT_TRUE(at::equal(packed(reader.encoder, x), first));
}

TEST_P(StoredEncoderTest, ReadsArraysThatDoNotLieAligned) {
  const c10::InferenceMode inference;
  StateDict moved;
  std::vector<std::vector<std::byte>> memory;
  for (const auto& [name, tensor] : stored) {
    const auto bytes = static_cast<std::size_t>(tensor.size_bytes());
    memory.emplace_back(bytes + 64 + 4);
    auto* to = memory.back().data() + 4;
    std::memcpy(to, tensor.data(), bytes);
    moved.add(name, Tensor::view(to, {tensor.shape().begin(), tensor.shape().end()}, tensor.dtype(),
                                 nullptr));
  }
  reader.encoder.use_stored(GetParam(), moved);
  if (!reader.encoder.pack(GetParam())) return;
  ASSERT_TRUE(subject.encoder.pack(GetParam(), &subject.input_norm));
  EXPECT_TRUE(at::equal(packed(reader.encoder, x), packed(subject.encoder, x)));
}

INSTANTIATE_TEST_SUITE_P(Precisions, StoredEncoderTest,
                         ::testing::Values(Precision::kBf16, Precision::kInt8),
                         [](const auto& each) { return std::string(to_string(each.param)); });

/// What use_stored() says of int8 arrays of which one was replaced (or, where undefined, left out).
std::string refusal(const std::string& name, const Tensor& replacement) {
  const Subject subject;
  Reader reader(subject);
  StateDict arrays;
  for (const auto& [key, tensor] : subject.stored(Precision::kInt8)) {
    if (key != name) arrays.add(key, tensor);
  }
  if (replacement.defined()) arrays.add(name, replacement);
  return error_of([&] { reader.encoder.use_stored(Precision::kInt8, arrays); });
}

TEST(StoredEncoderTest, RefusesArraysThatAreMissingOrWrong) {
  const std::string scales = "packed.layer.1.output.scales";
  const std::string panels = "packed.layer.0.query_key_value.panels";
  EXPECT_THAT(refusal(scales, {}),
              HasSubstr(scales + ": expected float32 [1, 1, 64], got no such"));
  EXPECT_THAT(refusal(scales, Tensor::zeros({47}, DType::kFloat32)), HasSubstr("float32 [47]"));
  EXPECT_THAT(refusal(panels, Tensor::zeros({3, 12, 64, 3}, DType::kUInt8)),
              HasSubstr("expected uint8 [3, 12, 64, 4], got uint8 [3, 12, 64, 3]"));
  EXPECT_THAT(refusal(panels, Tensor::zeros({3, 12, 64, 4}, DType::kInt8)), HasSubstr("got int8"));
  EXPECT_THAT(refusal("packed.layer.0.intermediate.factors", {}), HasSubstr("no such tensor"));
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THAT(refusal(scales, Tensor::of(std::vector<float>(64, nan), {1, 1, 64})),
              HasSubstr(scales + ": expected finite numbers"));
  EXPECT_THAT(refusal("packed.layer.2.output.bias", Tensor::zeros({48}, DType::kFloat32)),
              HasSubstr("expected 2 layers, as the config says, got packed.layer.2.output.bias"));
}

}  // namespace
}  // namespace hezar::torch
