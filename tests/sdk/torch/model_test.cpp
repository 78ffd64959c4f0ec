#include <hezar/torch/model.hpp>

#include <array>
#include <memory>

#include <gmock/gmock.h>
#include <boost/describe.hpp>

#include <hezar/config/described.hpp>
#include <hezar/torch/convert.hpp>
#include <hezar/torch/scope.hpp>
#include <sdk/torch/expect_error.hpp>
#include <sdk/torch/runtime.hpp>

namespace hezar::torch {
namespace {

using test::error_of;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct TinyConfig : ModelConfig {
  static constexpr std::string_view kName = "tiny";
  std::int64_t width = 3;
  static constexpr std::array kFields = {Field("width", "Width.").min(1)};
};
BOOST_DESCRIBE_STRUCT(TinyConfig, (ModelConfig), (width))

/// logits = output(input(x)), with output.weight tied to input.weight.
class Tiny final : public Model {
 public:
  using Config = TinyConfig;
  Tiny(Config config, const BuildContext& context) : Model(context), config_(std::move(config)) {
    const Scope scope(*this);
    input_ = scope.linear("input", config_.width, config_.width);
    output_ = scope.linear("output", config_.width, config_.width, false);
    norm_ = scope.layer_norm("norm", config_.width, 1e-5);
    dropout_ = scope.dropout("dropout", 0.9);
    finish();
  }
  [[nodiscard]] boost::json::object config() const override { return write_config(config_); }
  [[nodiscard]] NamedTensors run(const NamedTensors& inputs,
                                 const boost::json::object&) const override {
    NamedTensors out;
    out.set("logits", output_->forward(dropout_->forward(input_->forward(inputs.require("x")))));
    return out;
  }
  [[nodiscard]] Inputs preprocess(const Inputs& raw, const PredictOptions&) const override {
    return raw;
  }
  [[nodiscard]] Predictions post_process(const Inputs&, const Outputs&,
                                         const PredictOptions&) const override {
    return {};
  }

 protected:
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> ties() const override {
    return {{"output.weight", "input.weight"}};
  }

 private:
  Config config_;
  std::shared_ptr<Linear> input_;
  std::shared_ptr<Linear> output_;
  std::shared_ptr<LayerNorm> norm_;
  std::shared_ptr<Dropout> dropout_;
};

Inputs input() {
  return {{"x", Tensor::of(std::vector<float>{1, 2, 3}, {1, 3})}};
}

TEST(TorchModelTest, InitializesOnlyWhenNoWeightsFollow) {
  at::manual_seed(1);
  const Tiny tiny({}, test::context());
  const StateDict state = tiny.state_dict();
  EXPECT_EQ(state.find("norm.weight")->values<float>()[0], 1);
  EXPECT_EQ(state.find("input.bias")->values<float>()[2], 0);
  EXPECT_NE(state.find("input.weight")->values<float>()[0], 0);
  EXPECT_EQ(state.find("input.weight")->data(), state.find("output.weight")->data()) << "tied";
  EXPECT_EQ(tiny.num_parameters(), 9 + 3 + 3 + 3);
}

TEST(TorchModelTest, GivesInitialValuesToParametersThatTheFileLacks) {
  Tiny tiny({}, test::context(/*weights_follow=*/true));
  StateDict weights;
  weights.add("input.weight", Tensor::of(std::vector<float>(9, 2), {3, 3}));
  weights.add("norm.bias", Tensor::of(std::vector<float>(2, 2), {2}));
  const WeightsReport report = tiny.load_weights(weights, {});
  EXPECT_THAT(report.missing, ElementsAre("input.bias", "norm.weight"));
  EXPECT_EQ(report.mismatched.size(), 1);
  const StateDict state = tiny.state_dict();
  EXPECT_EQ(state.find("norm.weight")->values<float>()[2], 1);
  EXPECT_EQ(state.find("norm.bias")->values<float>()[2], 0);
  EXPECT_EQ(state.find("output.weight")->values<float>()[8], 2);
}

TEST(TorchModelTest, PredictsWithoutGradientsOrDropoutEvenWhileTraining) {
  Tiny tiny({}, test::context());
  const Outputs first = tiny.forward(input(), {});
  tiny.train();
  const Outputs second = tiny.forward(input(), {});
  EXPECT_TRUE(at::equal(to_torch(first.tensor("logits")), to_torch(second.tensor("logits"))));

  const NamedTensors outputs = tiny.run(to_torch(input(), at::kCPU), {});
  NamedTensors labels;
  labels.set("labels", at::tensor(std::vector<std::int64_t>{1}));
  tiny.compute_loss(outputs, labels).backward();
  EXPECT_TRUE(tiny.parameters().front().grad().defined());
}

TEST(TorchModelTest, IsFoundByItsInterface) {
  std::unique_ptr<hezar::Model> model = std::make_unique<Tiny>(TinyConfig{}, test::context());
  EXPECT_NE(model->as<Model>(), nullptr);
  EXPECT_EQ(model->as<Model>()->name(), "tiny");
}

TEST(TorchModelTest, ComputesLinearsInBf16WhenAsked) {
  Tiny exact({}, test::context());
  Tiny half({}, test::context(true, Precision::kBf16));
  EXPECT_TRUE(half.load_weights(exact.state_dict(), {}).complete());
  EXPECT_EQ(half.state_dict().find("input.weight")->dtype(), DType::kBFloat16);
  EXPECT_EQ(half.state_dict().find("norm.weight")->dtype(), DType::kFloat32);
  const Tensor logits = half.forward(input(), {}).tensor("logits");
  EXPECT_EQ(logits.dtype(), DType::kFloat32);
  EXPECT_TRUE(at::allclose(to_torch(logits), to_torch(exact.forward(input(), {}).tensor("logits")),
                           3e-2, 3e-2));
}

TEST(TorchModelTest, TranslatesErrorsOfLibTorch) {
  const Tiny tiny({}, test::context());
  const Inputs wrong = {{"x", Tensor::zeros({1, 4}, DType::kFloat32)}};
  const std::string said = error_of([&] { static_cast<void>(tiny.forward(wrong, {})); });
  EXPECT_THAT(said, HasSubstr("tiny: LibTorch refused"));
  EXPECT_THAT(said, ::testing::Not(HasSubstr("Exception raised from")));
}

TEST(TorchModelTest, MovesWhatLiesElsewhere) {
  Tiny tiny({}, test::context());
  EXPECT_NO_THROW(tiny.to(hezar::Device()));
  // There is no second device in every machine; of this one LibTorch can move nothing.
  tiny.register_parameter("elsewhere", at::empty({3}, at::kMeta));
  EXPECT_ANY_THROW(tiny.to(hezar::Device()));
}

TEST(TorchModelTest, RefusesWhatItCannotDo) {
  Tiny tiny({}, test::context());
  EXPECT_THAT(error_of([&] { tiny.to(hezar::Device::parse("cuda:9")); }),
              HasSubstr("device: expected"));
  EXPECT_THAT(error_of([&] { tiny.set_loss("huber"); }), HasSubstr("cross_entropy"));
  TinyConfig huge;
  huge.width = 4'000'000'000;
  EXPECT_THAT(error_of([&] { Tiny(huge, test::context(true)); }),
              HasSubstr("model: expected parameters that fit into memory, got one of shape"));
}

}  // namespace
}  // namespace hezar::torch
