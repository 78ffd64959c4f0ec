#include <hezar/torch/losses.hpp>

#include <cmath>

#include <gmock/gmock.h>

#include <sdk/torch/expect_error.hpp>

namespace hezar::torch {
namespace {

using test::error_of;
using ::testing::AllOf;
using ::testing::HasSubstr;

at::Tensor floats(std::vector<float> values) {
  return at::tensor(values);
}

double value(std::string_view name, const Loss::Arguments& arguments,
             const boost::json::object& options = {}) {
  return make_loss(name, options)(arguments).item<double>();
}

TEST(LossesTest, ComputesElementLossesOfTheReference) {
  // (prediction, target) = (0.5, 1), (0.25, 0); expected values from PyTorch's formulas by hand.
  const Loss::Arguments pair = {floats({0.5F, 0.25F}), floats({1, 0})};
  EXPECT_NEAR(value("l1", pair), (0.5 + 0.25) / 2, 1e-6);
  EXPECT_NEAR(value("mse", pair), (0.25 + 0.0625) / 2, 1e-6);
  EXPECT_NEAR(value("bce", pair), (-std::log(0.5) - std::log(0.75)) / 2, 1e-6);
  EXPECT_NEAR(value("bce_with_logits", pair),
              (std::log1p(std::exp(-0.5)) + std::log1p(std::exp(0.25))) / 2, 1e-6);
  EXPECT_NEAR(value("poisson_nll", pair), (std::exp(0.5) - 0.5 + std::exp(0.25)) / 2, 1e-6);
  EXPECT_NEAR(value("gaussian_nll", {pair[0], pair[1], floats({1, 4})}),
              (0.25 + std::log(4.0) + 0.0625 / 4) / 4, 1e-6);
}

TEST(LossesTest, ComputesClassLossesAndIgnoresMinusHundred) {
  const at::Tensor logits = floats({2, 0, 0, 3, 1, 1}).view({3, 2});
  const at::Tensor labels = at::tensor(std::vector<std::int64_t>{0, 1, -100});
  const double expected = std::log1p(std::exp(-2.0)) + std::log1p(std::exp(-3.0));
  EXPECT_NEAR(value("cross_entropy", {logits, labels}), expected / 2, 1e-6);
  EXPECT_NEAR(value("cross_entropy", {logits, labels}, {{"reduction", "sum"}}), expected, 1e-6);
  const at::Tensor log_probabilities = at::log_softmax(logits, -1);
  EXPECT_NEAR(value("nll", {log_probabilities, labels}), expected / 2, 1e-6);
  EXPECT_NEAR(value("nll_2d", {log_probabilities.t().view({1, 2, 1, 3}), labels.view({1, 1, 3})}),
              expected / 2, 1e-6);
}

TEST(LossesTest, ComputesTripletAndCtc) {
  const at::Tensor zero = at::zeros({1, 2});
  EXPECT_NEAR(
      value("triple_margin", {zero, at::ones({1, 2}), 3 * at::ones({1, 2})}, {{"margin", 4.0}}),
      4 + std::sqrt(2.0) - std::sqrt(18.0), 1e-4);
  // Two steps, classes {blank, a} with probability 1/2 each: "a" in 3 of 4 paths.
  const at::Tensor steps = at::full({2, 1, 2}, std::log(0.5));
  const auto one = at::tensor(std::vector<std::int64_t>{1});
  EXPECT_NEAR(
      value("ctc", {steps, one.view({1, 1}), at::tensor(std::vector<std::int64_t>{2}), one}),
      -std::log(0.75), 1e-5);
}

TEST(LossesTest, KnowsTheElevenNamesOfTheReference) {
  EXPECT_THAT(loss_names(), ::testing::UnorderedElementsAre(
                                "l1", "nll", "nll_2d", "poisson_nll", "gaussian_nll", "mse", "bce",
                                "bce_with_logits", "cross_entropy", "triple_margin", "ctc"));
}

TEST(LossesTest, ListsNamesForAnUnknownOne) {
  EXPECT_THAT(error_of([] { static_cast<void>(make_loss("cross_entropi")); }),
              AllOf(HasSubstr("Nearest: cross_entropy"), HasSubstr("triple_margin")));
  EXPECT_THAT(error_of([] { static_cast<void>(make_loss("mse", {{"reducton", "sum"}})); }),
              HasSubstr("reduction"));
  EXPECT_THAT(error_of([] { static_cast<void>(make_loss("mse")({at::ones({1})})); }),
              HasSubstr("loss mse: expected 2 tensors, got 1"));
}

}  // namespace
}  // namespace hezar::torch
