#include <hezar/torch/load_state_dict.hpp>

#include <vector>

#include <gmock/gmock.h>

#include <hezar/torch/convert.hpp>
#include <hezar/torch/scope.hpp>

namespace hezar::torch {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Pair : ::torch::nn::Module {
  Pair() {
    const Scope scope(*this);
    first = scope.linear("block.first", 3, 2);
    second = scope.linear("second", 3, 2, /*bias=*/false);
    const at::NoGradGuard no_grad;
    for (const NamedParameter& p : all_parameters(*this)) at::Tensor(p.tensor).fill_(0.5);
  }
  std::shared_ptr<Linear> first;
  std::shared_ptr<Linear> second;
};

Tensor numbers(Shape shape, float start) {
  std::vector<float> values;
  std::int64_t count = 1;
  for (const std::int64_t size : shape) count *= size;
  for (std::int64_t i = 0; i < count; ++i) values.push_back(start + static_cast<float>(i));
  return Tensor::of(values, std::move(shape));
}

TEST(LoadStateDictTest, AssignsWithoutCopyingAndKeepsIdentity) {
  Pair pair;
  const at::Tensor before = pair.first->weight;
  StateDict weights;
  weights.add("block.first.weight", numbers({2, 3}, 0));
  weights.add("block.first.bias", numbers({2}, 10));
  weights.add("second.weight", numbers({2, 3}, 20));
  const WeightsReport report = load_state_dict(pair, weights);

  EXPECT_TRUE(report.complete()) << report.describe();
  EXPECT_EQ(pair.first->weight.data_ptr(), weights.find("block.first.weight")->data());
  EXPECT_EQ(before.data_ptr(), pair.first->weight.data_ptr());
  EXPECT_TRUE(pair.first->weight.requires_grad());
  EXPECT_EQ(state_dict(pair).find("second.weight")->values<float>()[5], 25);
}

TEST(LoadStateDictTest, OwnsItsWeightsWhenTheFileIsClosed) {
  Pair pair;
  {
    StateDict weights;
    weights.add("block.first.weight", numbers({2, 3}, 7));
    static_cast<void>(load_state_dict(pair, weights));
  }
  EXPECT_EQ(pair.first->weight[0][0].item<float>(), 7);
}

TEST(LoadStateDictTest, SortsWhatDoesNotFitIntoThreeGroups) {
  Pair pair;
  StateDict weights;
  weights.add("block.first.weight", numbers({2, 3}, 0));
  weights.add("second.weight", numbers({4, 3}, 0));
  weights.add("else", numbers({1}, 0));
  const WeightsReport report = load_state_dict(pair, weights);

  EXPECT_THAT(report.missing, ElementsAre("block.first.bias"));
  EXPECT_THAT(report.unexpected, ElementsAre("else"));
  ASSERT_EQ(report.mismatched.size(), 1);
  EXPECT_EQ(report.mismatched[0].name, "second.weight");
  EXPECT_EQ(report.mismatched[0].expected, (Shape{2, 3}));
  EXPECT_EQ(report.mismatched[0].got, (Shape{4, 3}));
  EXPECT_EQ(pair.second->weight[0][0].item<float>(), 0.5F) << "left as it was";
}

TEST(LoadStateDictTest, UpcastsHalfPrecisionUnlessLinearsKeepIt) {
  Pair source;
  StateDict weights;
  for (const NamedParameter& p : all_parameters(source)) {
    weights.add(p.name, from_torch(p.tensor.detach().to(at::kBFloat16)));
  }
  Pair pair;
  static_cast<void>(load_state_dict(pair, weights));
  EXPECT_EQ(pair.first->weight.scalar_type(), at::kFloat);
  EXPECT_EQ(pair.first->weight[0][0].item<float>(), 0.5F);

  LoadStateDictOptions options;
  options.keep_half_linears = true;
  static_cast<void>(load_state_dict(pair, weights, options));
  EXPECT_EQ(pair.first->weight.scalar_type(), at::kBFloat16);
  EXPECT_EQ(pair.first->weight.data_ptr(), weights.find("block.first.weight")->data());
}

TEST(LoadStateDictTest, TiesFillWhicheverNameTheFileLacks) {
  LoadStateDictOptions options;
  options.ties = {{"second.weight", "block.first.weight"}};
  for (const char* present : {"block.first.weight", "second.weight"}) {
    Pair pair;
    StateDict weights;
    weights.add(present, numbers({2, 3}, 3));
    weights.add("block.first.bias", numbers({2}, 0));
    EXPECT_THAT(load_state_dict(pair, weights, options).missing, IsEmpty()) << present;
    EXPECT_EQ(pair.first->weight.data_ptr(), pair.second->weight.data_ptr()) << present;
  }
  Pair pair;
  StateDict weights;
  weights.add("block.first.weight", numbers({2, 3}, 3));
  weights.add("second.weight", numbers({2, 3}, 9));
  static_cast<void>(load_state_dict(pair, weights, options));
  EXPECT_EQ(pair.second->weight[0][0].item<float>(), 9) << "each as stored";
}

TEST(LoadStateDictTest, ListsParametersInOrderOfRegistration) {
  Pair pair;
  std::vector<std::string> names;
  for (const NamedParameter& p : all_parameters(pair)) names.push_back(p.name);
  EXPECT_THAT(names, ElementsAre("block.first.weight", "block.first.bias", "second.weight"));
}

}  // namespace
}  // namespace hezar::torch
