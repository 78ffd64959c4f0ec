#include <filesystem>
#include <string>

#include <unistd.h>

#include <gmock/gmock.h>

#include <hezar/bert/bert.hpp>
#include <hezar/bert/bert_text_classification.hpp>
#include <hezar/torch/convert.hpp>
#include <plugins/bert/tiny_bert.hpp>
#include <sdk/torch/expect_error.hpp>

namespace hezar {
namespace {

using test::error_of;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

using Classifier = BertTextClassification;

constexpr auto kRepo = "bert_text_classification_0";

struct Loaded {
  std::unique_ptr<Classifier> model;
  WeightsReport report;
};

Loaded load(const StateDict& weights, const LoadOptions& options = {}) {
  Loaded out;
  out.model = std::make_unique<Classifier>(test::config_of<Classifier>(kRepo), test::context(true));
  out.report = out.model->load_weights(weights, options);
  return out;
}

double logits_error(const Classifier& model) {
  const boost::json::object expected = test::expected(kRepo);
  const boost::json::value& single = expected.at("cases").at(0);
  const Outputs outputs = model.forward(test::inputs_of(single.at("inputs").as_object()), {});
  return test::difference(outputs.tensor("logits"), single.at("outputs").at("logits"));
}

// The repo's weights, each given to `change` with its name; an empty name leaves one out.
template <class Change>
StateDict changed(Change change) {
  StateDict out;
  for (auto [name, tensor] : io::read_weights(test::repo(kRepo))) {
    change(name, tensor);
    if (!name.empty()) out.add(name, tensor);
  }
  return out;
}

TEST(BertWeightsTest, LoadsRenamedWrappedAndOldFilesCompletely) {
  for (const std::string prefix : {"model.", "module.bert.", "x.y.bert."}) {
    const StateDict weights = changed([&](std::string& name, Tensor&) {
      const bool in_encoder = name.starts_with("bert.");
      if (prefix == "model.") {
        if (in_encoder) name = prefix + name.substr(5);
      } else {
        name = prefix.substr(0, prefix.size() - 5) + name;
      }
    });
    const Loaded loaded = load(weights);
    EXPECT_TRUE(loaded.report.complete()) << prefix << loaded.report.describe();
    EXPECT_LT(logits_error(*loaded.model), test::kTolerance) << prefix;
  }
  StateDict old;
  old.add("bert.embeddings.position_ids", Tensor::zeros({1, 12}, DType::kInt64));
  for (const auto& [name, tensor] : io::read_weights(test::repo(kRepo))) old.add(name, tensor);
  EXPECT_TRUE(load(old).report.complete());
}

TEST(BertWeightsTest, FillsTheEncoderFromAMaskFillingCheckpoint) {
  const StateDict weights = io::read_weights(test::repo("bert_mask_filling_0"));
  const Loaded loaded = load(weights);
  EXPECT_THAT(loaded.report.missing,
              ElementsAre("bert.pooler.dense.weight", "bert.pooler.dense.bias", "classifier.weight",
                          "classifier.bias"));
  EXPECT_THAT(loaded.report.unexpected,
              ::testing::Each(StartsWith("bert_mask_filling.cls.predictions.")));
  EXPECT_THAT(loaded.report.mismatched, IsEmpty());
  for (const auto& [name, tensor] : loaded.model->state_dict()) {
    const Tensor* source = weights.find("bert_mask_filling." + name);
    if (source == nullptr) continue;
    EXPECT_EQ(tensor.data(), source->data()) << name;
  }
  const StateDict state = loaded.model->state_dict();
  const at::Tensor head = torch::to_torch(*state.find("classifier.weight"));
  EXPECT_LT(head.abs().max().item<float>(), 0.2F) << "initial values, not what memory held";
}

TEST(BertWeightsTest, LoadsHalfPrecision) {
  const StateDict weights = changed([](std::string&, Tensor& tensor) {
    tensor = torch::from_torch(torch::to_torch(tensor).to(at::kHalf));
  });
  const Loaded loaded = load(weights);
  EXPECT_TRUE(loaded.report.complete());
  EXPECT_LT(logits_error(*loaded.model), 1e-2);
}

TEST(BertWeightsTest, ReportsWrongShapesAndStillAnswers) {
  const StateDict weights = changed([](std::string& name, Tensor& tensor) {
    if (name == "classifier.weight") tensor = Tensor::zeros({5, 16}, DType::kFloat32);
    if (name == "classifier.bias") tensor = Tensor::zeros({5}, DType::kFloat32);
    if (name == "bert.embeddings.word_embeddings.weight") tensor = Tensor::zeros({3}, DType::kInt8);
  });
  const Loaded loaded = load(weights);
  EXPECT_EQ(loaded.report.mismatched.size(), 3);
  EXPECT_THAT(loaded.report.missing, IsEmpty());
  EXPECT_THAT(loaded.report.unexpected, IsEmpty());
  const Inputs inputs = {{"token_ids", Tensor::of(std::vector<std::int64_t>{2, 5, 3}, {1, 3})}};
  EXPECT_EQ(loaded.model->forward(inputs, {}).tensor("logits").size(1), 3);
}

TEST(BertWeightsTest, SavesWhatItLoaded) {
  const auto folder =
      std::filesystem::temp_directory_path() /
      ("hezar_bert_" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) +
       std::to_string(::getpid()));
  const auto model = test::load<Classifier>(kRepo);
  model->set_preprocessors({});
  model->hezar::Model::save(folder);
  EXPECT_LT(logits_error(*load(io::read_weights(folder)).model), test::kTolerance);
  std::filesystem::remove_all(folder);
}

TEST(BertWeightsTest, RefusesTruncatedFiles) {
  const auto file = std::filesystem::temp_directory_path() /
                    ("hezar_bert_cut_" + std::to_string(::getpid()) + "/model.safetensors");
  std::filesystem::create_directories(file.parent_path());
  std::filesystem::copy_file(test::repo(kRepo) / "model.safetensors", file);
  std::filesystem::resize_file(file, std::filesystem::file_size(file) - 100);
  EXPECT_THAT(error_of([&] { static_cast<void>(io::read_weights(file.parent_path())); }),
              HasSubstr("BUFFER_SIZE_MISMATCH"));
  std::filesystem::remove(file);
  EXPECT_THAT(error_of([&] { static_cast<void>(io::read_weights(file.parent_path())); }),
              HasSubstr("model.safetensors"));
  std::filesystem::remove_all(file.parent_path());
}

}  // namespace
}  // namespace hezar
