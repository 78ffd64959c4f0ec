#include <hezar/bert/bert_text_classification.hpp>

#include <atomic>
#include <thread>

#include <gmock/gmock.h>

#include <hezar/torch/convert.hpp>
#include <plugins/bert/tiny_bert.hpp>
#include <sdk/torch/expect_error.hpp>

namespace hezar {
namespace {

using test::error_of;
using ::testing::HasSubstr;
using ::testing::SizeIs;

using Labels = std::vector<TextClassification>;

constexpr auto kRepo = "bert_text_classification_0";

PredictOptions top(std::int64_t k) {
  PredictOptions options;
  options.task["top_k"] = k;
  return options;
}

const Labels& labels(const Prediction& prediction) {
  return std::get<Labels>(prediction);
}

TEST(BertTextClassificationTest, AgreesWithTheReference) {
  for (const char* name : {"bert_text_classification_0", "bert_text_classification_1"}) {
    const auto model = test::load<BertTextClassification>(name);
    const boost::json::object expected = test::expected(name);
    for (const boost::json::value& item : expected.at("cases").as_array()) {
      const Outputs outputs = model->forward(test::inputs_of(item.at("inputs").as_object()), {});
      EXPECT_LT(test::difference(outputs.tensor("logits"), item.at("outputs").at("logits")),
                test::kTolerance)
          << name << ": " << item.at("name");
    }
  }
}

TEST(BertTextClassificationTest, PredictsLabelsAndScoresOfTheReference) {
  const auto model = test::load<BertTextClassification>(kRepo);
  const Predictions rows = model->predict({"5 17 39 8", "30 11", "9 9 21"}, top(3));
  const boost::json::array expected = test::expected(kRepo).at("predict_top_3").as_array();
  ASSERT_EQ(rows.size(), expected.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    ASSERT_THAT(labels(rows[row]), SizeIs(3));
    for (std::size_t k = 0; k < 3; ++k) {
      const boost::json::value& wanted = expected[row].at(k);
      EXPECT_EQ(labels(rows[row])[k].label, wanted.at("label").as_string());
      EXPECT_NEAR(labels(rows[row])[k].score, wanted.at("score").as_double(), test::kTolerance);
    }
  }
}

TEST(BertTextClassificationTest, GivesForMixedBatchWhatItGivesForSingles) {
  const auto model = test::load<BertTextClassification>(kRepo);
  Strings texts;
  for (int i = 0; i < 40; ++i) {
    std::string text = std::to_string(4 + i % 30);
    for (int k = 0; k < (i * 7) % 10; ++k) text += " " + std::to_string(5 + (i + k) % 35);
    texts.push_back(text);
  }
  for (const std::int64_t batch_size : {0, 1, 3, 64}) {
    PredictOptions options = top(3);
    options.batch_size = batch_size;
    const Predictions batch = model->predict(texts, options);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const Predictions single = model->predict(Strings{texts[i]}, top(3));
      for (std::size_t k = 0; k < 3; ++k) {
        EXPECT_EQ(labels(batch[i])[k].label, labels(single[0])[k].label) << texts[i];
        EXPECT_NEAR(labels(batch[i])[k].score, labels(single[0])[k].score, 1e-5) << texts[i];
      }
    }
  }
}

TEST(BertTextClassificationTest, TruncatesLongTextsWithOneWarning) {
  const auto model = test::load<BertTextClassification>(kRepo);
  Strings texts;
  for (int i = 0; i < 70; ++i) texts.emplace_back("4 5 6 7 8 9 10 11 12 13 14 15 16 17");
  ::testing::internal::CaptureStderr();
  EXPECT_THAT(model->predict(texts), SizeIs(70));
  const std::string said = ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(said, HasSubstr("texts of more than 12 tokens"));
  EXPECT_EQ(said.find("texts of"), said.rfind("texts of")) << said;
}

TEST(BertTextClassificationTest, NormalizesTextsFirst) {
  const auto model = test::load<BertTextClassification>(kRepo);
  Preprocessors preprocessors = model->preprocessors();
  preprocessors.add(std::make_shared<test::DigitNormalizer>());
  model->set_preprocessors(preprocessors);
  EXPECT_EQ(labels(model->predict(Strings{"1x"})[0])[0].score,
            labels(model->predict(Strings{"19"})[0])[0].score);
}

TEST(BertTextClassificationTest, ClampsTopKAndRefusesNonsense) {
  const auto model = test::load<BertTextClassification>(kRepo);
  EXPECT_THAT(labels(model->predict(Strings{"5"})[0]), SizeIs(1));
  EXPECT_THAT(labels(model->predict(Strings{"5"}, top(99))[0]), SizeIs(3));
  EXPECT_THAT(labels(model->predict(Strings{"5"}, top(0))[0]), SizeIs(0));
  EXPECT_THAT(error_of([&] { static_cast<void>(model->predict(Strings{"5"}, top(-1))); }),
              HasSubstr("top_k"));
}

TEST(BertTextClassificationTest, AnswersFourThreadsAsItAnswersOne) {
  const auto model = test::load<BertTextClassification>(kRepo);
  const Strings texts = {"5 17 39 8", "30 11", "9 9 21"};
  const Predictions wanted = model->predict(texts);
  std::atomic<int> wrong = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < 20; ++i) {
          const Predictions got = model->predict(texts);
          for (std::size_t k = 0; k < texts.size(); ++k) {
            if (std::abs(labels(got[k])[0].score - labels(wanted[k])[0].score) > 1e-6) ++wrong;
          }
        }
      });
    }
  }
  EXPECT_EQ(wrong, 0);
}

TEST(BertTextClassificationTest, ComputesTheLossOfTheReferenceWithGradients) {
  const auto model = test::load<BertTextClassification>(kRepo);
  const boost::json::object expected = test::expected(kRepo);
  const boost::json::value& padded = expected.at("cases").at(1);
  const torch::NamedTensors outputs =
      model->run(torch::to_torch(test::inputs_of(padded.at("inputs").as_object()), at::kCPU), {});
  torch::NamedTensors labels;
  labels.set("labels", at::tensor(std::vector<std::int64_t>{2, 0, 1}));
  const at::Tensor loss = model->compute_loss(outputs, labels);
  EXPECT_NEAR(loss.item<double>(), expected.at("loss").as_double(), test::kTolerance);
  loss.backward();
  for (const at::Tensor& parameter : model->parameters()) {
    EXPECT_TRUE(parameter.grad().defined());
  }
}

TEST(BertTextClassificationTest, SaysThatTheTokenizerIsMissing) {
  const auto model = test::load<BertTextClassification>(kRepo);
  model->set_preprocessors({});
  EXPECT_THAT(error_of([&] { static_cast<void>(model->predict(Strings{"5"})); }),
              HasSubstr("bert_text_classification: expected a tokenizer among its preprocessors"));
}

}  // namespace
}  // namespace hezar
