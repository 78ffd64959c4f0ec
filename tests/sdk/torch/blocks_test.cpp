#include <cmath>
#include <limits>

#include <gmock/gmock.h>

#include <hezar/torch/activation.hpp>
#include <hezar/torch/attention.hpp>
#include <hezar/torch/encoder.hpp>
#include <hezar/torch/load_state_dict.hpp>
#include <hezar/torch/token_embeddings.hpp>
#include <sdk/torch/expect_error.hpp>

namespace hezar::torch {
namespace {

using test::error_of;
using ::testing::HasSubstr;

struct Root : ::torch::nn::Module {};

void fill(::torch::nn::Module& root) {
  at::manual_seed(5);
  const at::NoGradGuard no_grad;
  for (const NamedParameter& p : all_parameters(root)) at::Tensor(p.tensor).normal_(0, 0.5);
}

at::Tensor integers(std::vector<std::int64_t> values, at::IntArrayRef shape) {
  return at::tensor(values).view(shape);
}

struct AttentionFixture : ::testing::Test {
  AttentionFixture() : attention(Scope(root), {8, 2, 0.0, true}, {}) { fill(root); }
  Root root;
  Attention attention;
};

TEST_F(AttentionFixture, FusedAndPlainPathsAgreeWithAndWithoutMask) {
  const c10::InferenceMode inference;
  const at::Tensor x = at::randn({2, 5, 8});
  const at::Tensor padding = integers({1, 1, 1, 1, 1, 1, 1, 1, 0, 0}, {2, 5});
  for (const AttentionMask& mask : {AttentionMask{}, AttentionMask::from_padding(padding, 2, 5)}) {
    at::Tensor weights;
    const at::Tensor plain = attention.forward(x, mask, {}, &weights);
    EXPECT_LT((attention.forward(x, mask) - plain).abs().max().item<float>(), 1e-5);
    EXPECT_LT((weights.sum(-1) - 1).abs().max().item<float>(), 1e-5);
  }
}

TEST_F(AttentionFixture, GivesHiddenTokensNoWeight) {
  const c10::InferenceMode inference;
  const auto mask = AttentionMask::from_padding(integers({1, 1, 0}, {1, 3}), 1, 3);
  at::Tensor weights;
  static_cast<void>(attention.forward(at::randn({1, 3, 8}), mask, {}, &weights));
  EXPECT_EQ(weights.select(-1, 2).abs().max().item<float>(), 0);
}

TEST_F(AttentionFixture, HeadMaskSilencesHeads) {
  const c10::InferenceMode inference;
  const at::Tensor x = at::randn({1, 3, 8});
  const at::Tensor silent = attention.forward(x, {}, at::zeros({2}));
  const at::Tensor bias = state_dict(root).find("attention.output.dense.bias") != nullptr
                              ? root.parameters().back()
                              : at::Tensor();
  EXPECT_LT((silent - bias).abs().max().item<float>(), 1e-6);
  const at::Tensor all = attention.forward(x, {}, at::ones({2}));
  EXPECT_LT((all - attention.forward(x, {})).abs().max().item<float>(), 1e-5);
}

TEST(AttentionTest, RefusesHeadsThatDoNotDivide) {
  EXPECT_THAT(error_of([] {
                Root root;
                static_cast<void>(Attention(Scope(root), {8, 3, 0.0, true}, {}));
              }),
              HasSubstr("num_attention_heads: expected a divisor of the hidden size 8, got 3"));
}

TEST(AttentionTest, MaskThatHidesNothingIsNone) {
  EXPECT_FALSE(AttentionMask::from_padding(at::ones({2, 3}), 2, 3).allowed.defined());
  EXPECT_THAT(
      error_of([] { static_cast<void>(AttentionMask::from_padding(at::ones({2, 4}), 2, 3)); }),
      HasSubstr("attention_mask: expected shape [2, 3], got [2, 4]"));
}

TEST(EncoderTest, RegistersFamiliesInTheirOwnOrder) {
  EncoderOptions options;
  options.num_layers = 1;
  options.hidden_size = 8;
  options.num_heads = 2;
  options.intermediate_size = 16;
  options.norm_first = true;
  EncoderNames names;
  names.attention_norm = "layernorm_before";
  names.output_norm = "layernorm_after";
  Root root;
  const Encoder encoder(Scope(root).child("layer"), options, names);
  fill(root);
  std::vector<std::string> order;
  for (const NamedParameter& p : all_parameters(root)) {
    if (p.own_name == "weight") order.push_back(p.name);
  }
  EXPECT_THAT(order,
              ::testing::ElementsAre(
                  "layer.0.attention.self.query.weight", "layer.0.attention.self.key.weight",
                  "layer.0.attention.self.value.weight", "layer.0.attention.output.dense.weight",
                  "layer.0.intermediate.dense.weight", "layer.0.output.dense.weight",
                  "layer.0.layernorm_before.weight", "layer.0.layernorm_after.weight"));
  const EncoderResult result = encoder.forward(at::randn({1, 3, 8}), {}, {{}, true, true});
  EXPECT_EQ(result.hidden_states.size(), 2);
  EXPECT_EQ(result.attentions.size(), 1);
}

TEST(LayersTest, DropsOnlyInTrainingAndNeverWhilePredicting) {
  Root root;
  const auto dropout = Scope(root).dropout("dropout", 0.5);
  const at::Tensor x = at::ones({1000});
  EXPECT_FALSE(at::equal(dropout->forward(x), x));
  {
    const c10::InferenceMode inference;
    EXPECT_TRUE(at::equal(dropout->forward(x), x));
  }
  root.eval();
  EXPECT_TRUE(at::equal(dropout->forward(x), x));
}

TEST(TokenEmbeddingsTest, NumbersPositionsAfterPadLikeRoberta) {
  TokenEmbeddingsOptions options;
  options.vocab_size = 10;
  options.hidden_size = 4;
  options.max_positions = 8;
  options.pad_token_id = 1;
  options.position_rule = PositionRule::kAfterPad;
  Root root;
  const TokenEmbeddings embeddings(Scope(root), options);
  fill(root);
  EXPECT_EQ(embeddings.max_tokens(), 6);
  const at::Tensor ids = integers({0, 5, 2, 1, 1}, {1, 5});
  const at::Tensor positions = integers({2, 3, 4, 1, 1}, {1, 5});
  EXPECT_TRUE(at::equal(embeddings.forward({ids, {}, {}, {}}),
                        embeddings.forward({ids, {}, {}, positions})));
}

TEST(TokenEmbeddingsTest, NamesRowAndPositionOfAnIdOutsideTheVocabulary) {
  for (const std::int64_t bad :
       {std::int64_t{10}, std::int64_t{-1}, std::numeric_limits<std::int64_t>::max()}) {
    EXPECT_THAT(error_of([&] { check_ids("token_ids", integers({1, 2, 3, bad}, {2, 2}), 10); }),
                HasSubstr("token_ids: expected ids in [0, 10), got " + std::to_string(bad) +
                          " at row 1, position 1"));
  }
}

TEST(ActivationTest, KnowsTheNamesOfPublishedConfigs) {
  const at::Tensor x = at::tensor(std::vector<double>{-1.0, 0.5});
  const auto second = [&](std::string_view name) {
    return find_activation(name)(x)[1].item<double>();
  };
  EXPECT_NEAR(second("gelu"), 0.25 * (1 + std::erf(0.5 / std::sqrt(2.0))), 1e-9);
  EXPECT_NEAR(second("gelu_new"), 0.3457140, 1e-6);
  EXPECT_NEAR(second("quick_gelu"), 0.5 / (1 + std::exp(-0.851)), 1e-9);
  EXPECT_NEAR(second("silu"), 0.5 / (1 + std::exp(-0.5)), 1e-9);
  EXPECT_EQ(second("relu"), 0.5);
  EXPECT_THAT(error_of([] { static_cast<void>(find_activation("gelo")); }),
              HasSubstr("Nearest: gelu"));
}

}  // namespace
}  // namespace hezar::torch
