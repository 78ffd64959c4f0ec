#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include <hezar/bert/bert_mask_filling.hpp>
#include <hezar/bert/bert_sequence_labeling.hpp>
#include <hezar/distilbert/distilbert.hpp>
#include <hezar/distilbert/distilbert_mask_filling.hpp>
#include <hezar/distilbert/distilbert_sequence_labeling.hpp>
#include <hezar/distilbert/distilbert_text_classification.hpp>
#include <hezar/io/safetensors.hpp>
#include <hezar/module/packed_weights.hpp>
#include <hezar/roberta/roberta.hpp>
#include <hezar/roberta/roberta_mask_filling.hpp>
#include <hezar/roberta/roberta_sequence_labeling.hpp>
#include <hezar/roberta/roberta_text_classification.hpp>
#include <hezar/torch/convert.hpp>
#include <hezar/torch/encoder.hpp>
#include <hezar/torch/load_state_dict.hpp>
#include <plugins/bert/tiny_bert.hpp>
#include <sdk/torch/expect_error.hpp>

namespace hezar {
namespace {

using test::error_of;
using ::testing::HasSubstr;

const Strings kTexts = {"5 17 4 8", "30 4", "4 9 21"};

void set_tokenizer(Model& model) {
  Preprocessors preprocessors;
  preprocessors.add(std::make_shared<test::NumberTokenizer>());
  model.set_preprocessors(std::move(preprocessors));
}

/// Built with its weights, as Model::load does.
template <class M>
std::unique_ptr<M> built(const std::filesystem::path& config, const io::StoredWeights& weights,
                         Precision precision) {
  auto model = std::make_unique<M>(test::config_of<M>(config), test::context(true, precision));
  const WeightsReport report = precision_of(weights) == Precision::kFp32
                                   ? model->load_weights(weights.tensors, {})
                                   : model->load_packed(weights, {});
  EXPECT_TRUE(report.complete()) << report.describe();
  set_tokenizer(*model);
  return model;
}

bool has_fast_path(Precision precision) {
  const c10::InferenceMode inference;
  struct Root : ::torch::nn::Module {};
  Root root;
  torch::EncoderOptions options;
  options.num_layers = options.num_heads = 1;
  options.hidden_size = options.intermediate_size = 4;
  torch::Encoder encoder(torch::Scope(root), options);
  for (const torch::NamedParameter& p : torch::all_parameters(root)) at::Tensor(p.tensor).fill_(1);
  return encoder.pack(precision);
}

/// A repo of tests/data/encoders, and what its conversion wrote to a temporary folder.
template <class M>
class ConvertedTest : public ::testing::Test {
 protected:
  ConvertedTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "hezar-conv-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~ConvertedTest() override { std::filesystem::remove_all(folder_); }

  static std::filesystem::path repo() {
    return std::filesystem::path(HEZAR_TEST_DATA) / "encoders" / std::string(M::Config::kName);
  }
  static std::unique_ptr<M> original(Precision precision) {
    return built<M>(repo(), io::read_stored_weights(repo()), precision);
  }
  io::StoredWeights converted(Precision precision) const {
    const auto model = original(Precision::kFp32);
    const io::StoredWeights packed = model->packed_weights(precision);
    io::write_aligned_safetensors(folder_ / "model.safetensors", packed.tensors, packed.metadata);
    return io::read_stored_weights(folder_);
  }
  static boost::json::array answers(const Model& model) { return to_json(model.predict(kTexts)); }

  std::filesystem::path folder_;
};

using Encoders = ::testing::Types<BertMaskFilling, BertSequenceLabeling, Roberta,
                                  RobertaMaskFilling, RobertaTextClassification,
                                  RobertaSequenceLabeling, DistilBert, DistilBertMaskFilling,
                                  DistilBertTextClassification, DistilBertSequenceLabeling>;
TYPED_TEST_SUITE(ConvertedTest, Encoders);

TYPED_TEST(ConvertedTest, AnswersAsTheOriginalInThatPrecision) {
  for (const Precision precision : {Precision::kBf16, Precision::kInt8}) {
    const io::StoredWeights weights = this->converted(precision);
    EXPECT_EQ(precision_of(weights), precision);
    const auto model = built<TypeParam>(this->repo(), weights, precision);
    if (!has_fast_path(precision)) return;
    EXPECT_EQ(this->answers(*model), this->answers(*this->original(precision)))
        << to_string(precision);
  }
}

TYPED_TEST(ConvertedTest, UnpacksForWhateverElseUsesItsWeights) {
  const io::StoredWeights weights = this->converted(Precision::kInt8);
  auto model = built<TypeParam>(this->repo(), weights, Precision::kInt8);
  const StateDict own = model->state_dict();
  const StateDict exact = this->original(Precision::kFp32)->state_dict();
  ASSERT_EQ(own.size(), exact.size());
  for (const auto& [name, tensor] : exact) {
    const at::Tensor want = torch::to_torch(tensor);
    const at::Tensor got = torch::to_torch(*own.find(name));
    EXPECT_LT((got - want).abs().max().item<float>(), want.abs().max().item<float>() / 50) << name;
  }
  model->save_files(this->folder_);
  const auto saved = built<TypeParam>(
      this->repo(), io::read_stored_weights(this->folder_, "model.pt"), Precision::kFp32);
  EXPECT_EQ(this->answers(*saved),
            this->answers(*built<TypeParam>(this->repo(), weights, Precision::kFp32)));
}

TYPED_TEST(ConvertedTest, TrainsTheWeightsThatItUnpacks) {
  auto model = built<TypeParam>(this->repo(), this->converted(Precision::kInt8), Precision::kInt8);
  const std::vector<at::Tensor> parameters = model->parameters();  // before anything unpacked them
  model->train();
  const Inputs inputs = model->preprocess({{"inputs", Strings{"5 17 4 8"}}}, {});
  const torch::NamedTensors outputs = model->run(torch::to_torch(inputs, at::kCPU), {});
  const bool has_head = outputs.find("logits").defined();
  outputs.require(has_head ? "logits" : "last_hidden_state").square().sum().backward();
  std::size_t with_gradient = 0;
  for (const at::Tensor& parameter : parameters) {
    EXPECT_TRUE(at::isfinite(parameter).all().template item<bool>());
    if (parameter.grad().defined()) ++with_gradient;
  }
  EXPECT_GT(with_gradient, 16U);
}

using Classifier = ConvertedTest<RobertaTextClassification>;

TEST_F(Classifier, RefusesALayoutOfAnotherVersion) {
  io::StoredWeights weights = converted(Precision::kBf16);
  weights.metadata["hezar.layout"] = "panels64/9";
  RobertaTextClassification model(test::config_of<RobertaTextClassification>(repo()),
                                  test::context(true));
  EXPECT_THAT(
      error_of([&] { (void)model.load_packed(weights, {}); }),
      HasSubstr("hezar.layout: expected panels64/1, got panels64/9. The weights were packed "
                "by another version"));
}

TEST_F(Classifier, GivesAttentionsWhichTheFastPathCannot) {
  const auto model =
      built<RobertaTextClassification>(repo(), converted(Precision::kInt8), Precision::kInt8);
  PredictOptions options;
  options.task["output_attentions"] = true;
  const Inputs inputs = model->preprocess({{"inputs", kTexts}}, {});
  const at::Tensor logits = torch::to_torch(model->forward(inputs, options).tensor("logits"));
  const at::Tensor want =
      torch::to_torch(original(Precision::kFp32)->forward(inputs, {}).tensor("logits"));
  EXPECT_LT((logits - want).norm().item<float>(), want.norm().item<float>() / 10);
}

TEST_F(Classifier, PacksForPrecisionsThatHaveAPackedForm) {
  EXPECT_THAT(error_of([&] { (void)original(Precision::kFp32)->packed_weights(Precision::kFp32); }),
              HasSubstr("packed weights: expected bf16 or int8, got fp32"));
}

}  // namespace
}  // namespace hezar
