#include <ostream>
#include <string>
#include <vector>

#include <ATen/Parallel.h>
#include <gmock/gmock.h>

#include <hezar/torch/encoder.hpp>
#include <hezar/torch/load_state_dict.hpp>

namespace hezar::torch {
namespace {

struct Root : ::torch::nn::Module {};

struct Shape {
  std::int64_t hidden = 128;
  std::int64_t heads = 2;
  std::int64_t inner = 256;
  std::string activation = "gelu";
  bool norm_first = false;
};

void PrintTo(const Shape& shape, std::ostream* out) {
  *out << shape.hidden << " " << shape.heads << " " << shape.inner << " " << shape.activation
       << (shape.norm_first ? " norm first" : "");
}

/// Two layers with weights as large as trained ones.
struct Subject {
  explicit Subject(const Shape& shape) : encoder(Scope(root), options_of(shape)) {
    at::manual_seed(3);
    const at::NoGradGuard no_grad;
    for (const NamedParameter& p : all_parameters(root)) {
      const bool is_norm = p.name.find("LayerNorm.weight") != std::string::npos;
      at::Tensor(p.tensor).normal_(is_norm ? 1 : 0, 0.08);
    }
  }
  static EncoderOptions options_of(const Shape& shape) {
    EncoderOptions options;
    options.num_layers = 2;
    options.hidden_size = shape.hidden;
    options.num_heads = shape.heads;
    options.intermediate_size = shape.inner;
    options.activation = shape.activation;
    options.norm_first = shape.norm_first;
    return options;
  }

  Root root;
  Encoder encoder;
};

float difference(const at::Tensor& a, const at::Tensor& b) {
  return (a - b).abs().max().item<float>();
}

double cosine(const at::Tensor& a, const at::Tensor& b) {
  return (a * b).sum().item<double>() / (a.norm() * b.norm()).item<double>();
}

at::Tensor mask_of(const std::vector<std::int64_t>& lengths, std::int64_t width) {
  at::Tensor mask = at::zeros({static_cast<std::int64_t>(lengths.size()), width}, at::kLong);
  for (std::size_t i = 0; i < lengths.size(); ++i)
    mask[static_cast<std::int64_t>(i)].narrow(0, 0, lengths[i]).fill_(1);
  return mask;
}

const std::vector<std::int64_t> kLengths = {7, 70, 1, 23};
constexpr std::int64_t kWidth = 70;

class PackedShapeTest : public ::testing::TestWithParam<Shape> {};

TEST_P(PackedShapeTest, ComputesWhatThePlainEncoderDoes) {
  const c10::InferenceMode inference;
  Subject subject(GetParam());
  const at::Tensor x = at::randn({4, kWidth, GetParam().hidden});
  const auto mask = AttentionMask::from_padding(mask_of(kLengths, kWidth), 4, kWidth);
  const EncoderResult plain = subject.encoder.forward(x, mask, {{}, true, false});
  if (!subject.encoder.pack(Precision::kFp32)) return;  // a CPU without the fast path

  const EncoderResult packed = subject.encoder.forward_packed(x, {kLengths, true}, true);
  EXPECT_LT(difference(packed.last_hidden_state, plain.last_hidden_state), 2e-5);
  ASSERT_EQ(packed.hidden_states.size(), plain.hidden_states.size());
  for (std::size_t i = 0; i < plain.hidden_states.size(); ++i)
    EXPECT_LT(difference(packed.hidden_states[i], plain.hidden_states[i]), 2e-5) << i;
}

TEST_P(PackedShapeTest, StaysCloseInEveryPrecision) {
  const c10::InferenceMode inference;
  Subject subject(GetParam());
  const at::Tensor x = at::randn({4, kWidth, GetParam().hidden});
  const auto mask = AttentionMask::from_padding(mask_of(kLengths, kWidth), 4, kWidth);
  const at::Tensor plain = subject.encoder.forward(x, mask).last_hidden_state;
  for (const Precision precision : {Precision::kBf16, Precision::kInt8}) {
    if (!subject.encoder.pack(precision)) continue;
    const at::Tensor packed =
        subject.encoder.forward_packed(x, {kLengths, true}, false).last_hidden_state;
    EXPECT_GT(cosine(packed, plain), precision == Precision::kInt8 ? 0.9995 : 0.9999)
        << to_string(precision);
  }
}

INSTANTIATE_TEST_SUITE_P(Shapes, PackedShapeTest,
                         ::testing::Values(Shape{}, Shape{128, 2, 256, "gelu", true},
                                           Shape{48, 4, 50, "relu"}, Shape{65, 5, 131, "gelu_new"},
                                           Shape{200, 2, 7, "quick_gelu"}, Shape{64, 1, 64, "silu"},
                                           Shape{64, 2, 64, "tanh"}, Shape{64, 2, 64, "sigmoid"},
                                           Shape{64, 2, 64, "linear"}));

class PackedPrecisionTest : public ::testing::TestWithParam<Precision> {
 protected:
  PackedPrecisionTest() : subject({}) {}
  /// @return whether this CPU has the fast path.
  bool pack() { return subject.encoder.pack(GetParam()); }
  Subject subject;
  at::Tensor x = at::randn({4, kWidth, 128});
};

TEST_P(PackedPrecisionTest, StaysCloseToFloat32) {
  const c10::InferenceMode inference;
  if (!pack()) return;
  const auto mask = AttentionMask::from_padding(mask_of(kLengths, kWidth), 4, kWidth);
  const at::Tensor plain = subject.encoder.forward(x, mask).last_hidden_state;
  const at::Tensor packed =
      subject.encoder.forward_packed(x, {kLengths, true}, false).last_hidden_state;
  EXPECT_GT(cosine(packed, plain), GetParam() == Precision::kInt8 ? 0.999 : 0.9999);
}

TEST_P(PackedPrecisionTest, GivesATextTheSameAloneAndBesideAnOutlier) {
  const c10::InferenceMode inference;
  if (!pack()) return;
  x[1] *= 100;
  const at::Tensor batch =
      subject.encoder.forward_packed(x, {kLengths, false}, false).last_hidden_state;
  for (std::size_t i = 0; i < kLengths.size(); ++i) {
    const auto row = static_cast<std::int64_t>(i);
    const at::Tensor alone = subject.encoder
                                 .forward_packed(x[row].narrow(0, 0, kLengths[i]).unsqueeze(0),
                                                 {{kLengths[i]}, false}, false)
                                 .last_hidden_state[0];
    EXPECT_EQ(difference(batch[row].narrow(0, 0, kLengths[i]), alone), 0) << i;
  }
}

TEST_P(PackedPrecisionTest, LeavesPaddingOutWhereNobodyReadsIt) {
  const c10::InferenceMode inference;
  if (!pack()) return;
  const at::Tensor read =
      subject.encoder.forward_packed(x, {kLengths, true}, false).last_hidden_state;
  const at::Tensor unread =
      subject.encoder.forward_packed(x, {kLengths, false}, false).last_hidden_state;
  const at::Tensor kept = mask_of(kLengths, kWidth).unsqueeze(-1);
  EXPECT_EQ(difference(unread, read * kept), 0);
}

TEST_P(PackedPrecisionTest, DoesNotDependOnTheThreads) {
  const c10::InferenceMode inference;
  if (!pack()) return;
  const int before = at::get_num_threads();
  const SequenceLengths lengths{kLengths, false};
  at::set_num_threads(1);
  const at::Tensor one = subject.encoder.forward_packed(x, lengths, false).last_hidden_state;
  for (const int threads : {2, 3, 8}) {
    at::set_num_threads(threads);
    const at::Tensor many = subject.encoder.forward_packed(x, lengths, false).last_hidden_state;
    EXPECT_EQ(difference(one, many), 0) << threads;
  }
  at::set_num_threads(before);
}

INSTANTIATE_TEST_SUITE_P(Precisions, PackedPrecisionTest,
                         ::testing::Values(Precision::kFp32, Precision::kBf16, Precision::kInt8),
                         [](const auto& each) { return std::string(to_string(each.param)); });

TEST(PackedEncoderTest, KeepsInInt8WhatStandsBesideAFewLargeValues) {
  const c10::InferenceMode inference;
  Subject subject({});
  if (!subject.encoder.pack(Precision::kInt8)) return;
  at::Tensor x = at::randn({1, kWidth, 128});
  x.select(2, 5) *= 60;
  x.select(2, 77) *= 60;
  const auto mask = AttentionMask::from_padding(at::ones({1, kWidth}, at::kLong), 1, kWidth);
  const at::Tensor plain = subject.encoder.forward(x, mask).last_hidden_state;
  const at::Tensor packed =
      subject.encoder.forward_packed(x, {{kWidth}, false}, false).last_hidden_state;
  EXPECT_GT(cosine(packed, plain), 0.9998);
}

TEST(PackedEncoderTest, FollowsChangedWeightsWhenPackedAgain) {
  const c10::InferenceMode inference;
  Subject subject({});
  if (!subject.encoder.pack(Precision::kFp32)) return;
  const at::Tensor x = at::randn({1, 5, 128});
  const SequenceLengths lengths{{5}, true};
  const at::Tensor before = subject.encoder.forward_packed(x, lengths, false).last_hidden_state;
  for (const NamedParameter& p : all_parameters(subject.root)) at::Tensor(p.tensor).mul_(0.5);
  ASSERT_TRUE(subject.encoder.pack(Precision::kFp32));
  const at::Tensor after = subject.encoder.forward_packed(x, lengths, false).last_hidden_state;
  EXPECT_GT(difference(before, after), 1e-3);
  EXPECT_LT(difference(after, subject.encoder.forward(x, {}).last_hidden_state), 2e-5);
  subject.encoder.unpack();
  EXPECT_FALSE(subject.encoder.is_packed());
}

TEST(PackedEncoderTest, LetsLargeFloat32WeightsWaitForWork) {
  const c10::InferenceMode inference;
  Subject subject({1280, 20, 5120});
  if (!subject.encoder.pack(Precision::kFp32)) return;
  EXPECT_FALSE(subject.encoder.is_packed());
  EXPECT_FALSE(subject.encoder.is_packed_for(16));
  EXPECT_TRUE(subject.encoder.is_packed_for(512));
  EXPECT_TRUE(subject.encoder.is_packed_for(1));
}

}  // namespace
}  // namespace hezar::torch
