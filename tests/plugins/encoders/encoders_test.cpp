#include <filesystem>
#include <limits>
#include <memory>

#include <gmock/gmock.h>

#include <hezar/bert/bert_mask_filling.hpp>
#include <hezar/bert/bert_sequence_labeling.hpp>
#include <hezar/bert/bert_text_embedding.hpp>
#include <hezar/distilbert/distilbert.hpp>
#include <hezar/distilbert/distilbert_mask_filling.hpp>
#include <hezar/distilbert/distilbert_sequence_labeling.hpp>
#include <hezar/distilbert/distilbert_text_classification.hpp>
#include <hezar/roberta/roberta.hpp>
#include <hezar/roberta/roberta_mask_filling.hpp>
#include <hezar/roberta/roberta_sequence_labeling.hpp>
#include <hezar/roberta/roberta_text_classification.hpp>
#include <hezar/torch/convert.hpp>
#include <plugins/bert/tiny_bert.hpp>
#include <sdk/torch/expect_error.hpp>

namespace hezar {
namespace {

using test::error_of;
using ::testing::HasSubstr;
using ::testing::SizeIs;

/// As make_expected.py has them.
const Strings kTexts = {"5 17 4 8", "30 4", "4 9 21"};

/// A model class with its repo in tests/data/encoders.
template <class M>
class EncoderTest : public ::testing::Test {
 protected:
  static std::filesystem::path repo() {
    return std::filesystem::path(HEZAR_TEST_DATA) / "encoders" / std::string(M::Config::kName);
  }
  static boost::json::object expected() { return json::read(repo() / "expected.json").as_object(); }
  static std::unique_ptr<M> load() { return test::load_repo<M>(repo()); }
};

using Encoders = ::testing::Types<BertMaskFilling, BertSequenceLabeling, Roberta,
                                  RobertaMaskFilling, RobertaTextClassification,
                                  RobertaSequenceLabeling, DistilBert, DistilBertMaskFilling,
                                  DistilBertTextClassification, DistilBertSequenceLabeling>;
TYPED_TEST_SUITE(EncoderTest, Encoders);

TYPED_TEST(EncoderTest, ComputesWhatTheReferenceComputes) {
  const auto model = this->load();
  const boost::json::object expected = this->expected();
  const Outputs outputs = model->forward(test::inputs_of(expected.at("inputs").as_object()), {});
  ASSERT_FALSE(expected.at("outputs").as_object().empty());
  for (const auto& [key, wanted] : expected.at("outputs").as_object()) {
    EXPECT_LT(test::difference(outputs.tensor(key), wanted), test::kTolerance) << std::string(key);
  }
}

TYPED_TEST(EncoderTest, HasTheStateDictOfTheReference) {
  boost::json::array names;
  for (const auto& [name, tensor] : this->load()->state_dict()) {
    names.push_back({name, boost::json::array(tensor.shape().begin(), tensor.shape().end())});
  }
  // Newer versions of the reference's library list the position table later.
  const auto sorted = [](boost::json::array items) {
    std::sort(items.begin(), items.end(), [](const auto& a, const auto& b) {
      return a.at(0).as_string() < b.at(0).as_string();
    });
    return items;
  };
  EXPECT_EQ(sorted(names), sorted(this->expected().at("state_dict").as_array()));
}

boost::json::value without_texts(const boost::json::value& prediction) {
  boost::json::object out;
  for (const char* key : {"label", "token_id", "score"}) {
    if (const auto* value = prediction.as_object().if_contains(key)) out[key] = *value;
  }
  return out;
}

TYPED_TEST(EncoderTest, PredictsWhatTheReferencePredicts) {
  const boost::json::object expected = this->expected();
  if (!expected.contains("predictions")) return;  // a backbone
  const auto model = this->load();
  PredictOptions options;
  if (model->config().at("task") == "sequence_labeling") {
    options.task["return_scores"] = true;
  } else {
    options.task["top_k"] = 3;
  }
  const boost::json::array rows = to_json(model->predict(kTexts, options));
  const boost::json::array& wanted = expected.at("predictions").as_array();
  ASSERT_THAT(rows, SizeIs(wanted.size()));
  for (std::size_t row = 0; row < rows.size(); ++row) {
    ASSERT_THAT(rows[row].as_array(), SizeIs(wanted[row].as_array().size())) << row;
    for (std::size_t i = 0; i < rows[row].as_array().size(); ++i) {
      boost::json::object got = without_texts(rows[row].at(i)).as_object();
      boost::json::object want = wanted[row].at(i).as_object();
      EXPECT_NEAR(got.at("score").as_double(), want.at("score").as_double(), test::kTolerance);
      got.erase("score");
      want.erase("score");
      EXPECT_EQ(got, want) << row << ' ' << i;
    }
  }
}

TYPED_TEST(EncoderTest, PredictsInABatchWhatItPredictsAlone) {
  const auto model = this->load();
  const Predictions batch = model->predict(kTexts);
  for (std::size_t i = 0; i < kTexts.size(); ++i) {
    const boost::json::value alone = to_json(model->predict({kTexts[i]}).front());
    const boost::json::value beside = to_json(batch[i]);
    if (beside.is_array()) EXPECT_EQ(beside.as_array().size(), alone.as_array().size());
    if (std::holds_alternative<Outputs>(batch[i])) continue;
    for (std::size_t k = 0; k < alone.as_array().size(); ++k) {
      EXPECT_EQ(beside.at(k).as_object().begin()->value(),
                alone.at(k).as_object().begin()->value());
    }
  }
}

TYPED_TEST(EncoderTest, WritesAConfigThatItReads) {
  const auto model = this->load();
  const boost::json::object config = model->config();
  const TypeParam again(read_config<typename TypeParam::Config>({config, {}, "written"}),
                        test::context(true));
  EXPECT_EQ(again.config(), config);
}

template <class M>
std::unique_ptr<M> load() {
  return test::load_repo<M>(std::filesystem::path(HEZAR_TEST_DATA) / "encoders" /
                            std::string(M::Config::kName));
}

TEST(MaskFillingTest, FillsTheMaskAndLeavesSpecialTokensOut) {
  const auto model = load<BertMaskFilling>();
  const auto answers = std::get<std::vector<MaskFilling>>(model->predict({"5 17 4 8"}).front());
  ASSERT_THAT(answers, SizeIs(1));
  const std::string token = std::to_string(answers[0].token_id);
  EXPECT_EQ(answers[0].token, token);
  EXPECT_EQ(answers[0].sequence, "5 17 " + token + " 8 ");
}

TEST(MaskFillingTest, RefusesTextsWithoutOneMask) {
  const auto model = load<RobertaMaskFilling>();
  EXPECT_THAT(error_of([&] { (void)model->predict({"5 17"}); }),
              HasSubstr("expected one 4 among the tokens that the model sees, got none"));
  EXPECT_THAT(error_of([&] { (void)model->predict({"4 5 4"}); }), HasSubstr("got 2"));
}

TEST(MaskFillingTest, SharesTheEmbeddingTableWithAHeadThatFilesLeaveOut) {
  const auto full = load<DistilBertMaskFilling>();
  const std::string decoder = "distilbert_mask_filling.vocab_projector.weight";
  StateDict weights;
  for (const auto& [name, tensor] : full->state_dict()) {
    if (name != decoder) weights.add(name, tensor);
  }
  DistilBertMaskFilling model(read_config<DistilBertMaskFillingConfig>({full->config(), {}, ""}),
                              test::context(true));
  EXPECT_TRUE(model.load_weights(weights, {}).complete());
  const StateDict loaded = model.state_dict();
  EXPECT_EQ(
      loaded.find(decoder)->data(),
      loaded.find("distilbert_mask_filling.distilbert.embeddings.word_embeddings.weight")->data());
}

TEST(SequenceLabelingTest, LeavesOutWhatIsToBeSkipped) {
  auto config = load<BertSequenceLabeling>()->config();
  config["prediction_skip_tokens"] = {"2", "3"};
  BertSequenceLabeling model(read_config<BertSequenceLabelingConfig>({config, {}, "test"}),
                             test::context(false));
  Preprocessors preprocessors;
  preprocessors.add(std::make_shared<test::NumberTokenizer>());
  model.set_preprocessors(preprocessors);
  const auto labels = std::get<std::vector<SequenceLabel>>(model.predict({"5 17"}).front());
  ASSERT_THAT(labels, SizeIs(2));
  EXPECT_EQ(labels[0].token, "5");
  EXPECT_FALSE(labels[0].start.has_value());
  EXPECT_FALSE(labels[0].score.has_value());
}

TEST(SequenceLabelingTest, GivesOffsetsAndScoresWhenAsked) {
  PredictOptions options;
  options.task = {{"return_offsets", true}, {"return_scores", true}};
  const auto labels = std::get<std::vector<SequenceLabel>>(
      load<DistilBertSequenceLabeling>()->predict({"5 17"}, options).front());
  ASSERT_THAT(labels, SizeIs(4));
  EXPECT_EQ(labels[1].start, 1);
  EXPECT_EQ(labels[1].end, 2);
  EXPECT_GT(labels[1].score.value_or(0), 1.0 / 3);
}

TEST(RobertaTest, CutsTextsWherePositionsEnd) {
  // 16 positions, of which padding takes two.
  const auto model = load<RobertaTextClassification>();
  std::string text;
  for (int i = 0; i < 40; ++i) text += "7 ";
  const Inputs inputs = model->preprocess({{"inputs", Strings{text}}}, {});
  EXPECT_EQ(inputs.tensor("token_ids").shape()[1], 14);
  EXPECT_THAT(model->predict({text}), SizeIs(1));
}

std::vector<float> embed(const boost::json::object& pooling, const Strings& texts,
                         std::size_t row) {
  boost::json::object config = {{"vocab_size", 40},        {"hidden_size", 16},
                                {"num_hidden_layers", 1},  {"num_attention_heads", 4},
                                {"intermediate_size", 24}, {"max_position_embeddings", 16},
                                {"initializer_range", 0.5}};
  for (const auto& [key, value] : pooling) config[key] = value;
  at::manual_seed(7);
  BertTextEmbedding model(read_config<BertTextEmbeddingConfig>({config, {}, "test"}),
                          test::context(false));
  Preprocessors preprocessors;
  preprocessors.add(std::make_shared<test::NumberTokenizer>());
  model.set_preprocessors(preprocessors);
  const Predictions out = model.predict(texts);
  const Tensor vector = std::get<TextEmbedding>(out[row]).vector.contiguous();
  const auto values = vector.values<float>();
  return {values.begin(), values.end()};
}

TEST(TextEmbeddingTest, GivesVectorsOfLengthOneByDefault) {
  float length = 0;
  for (const float value : embed({}, {"5 17 8"}, 0)) length += value * value;
  EXPECT_NEAR(length, 1.0F, 1e-5);
}

TEST(TextEmbeddingTest, PoolsOverTheTextsOwnTokens) {
  for (const char* mode : {"mean", "cls", "max"}) {
    const auto alone = embed({{"pooling", mode}}, {"5 17 8"}, 0);
    const auto beside = embed({{"pooling", mode}}, {"9 9 9 9 9 9 9 9", "5 17 8"}, 1);
    ASSERT_EQ(alone.size(), 16U);
    for (std::size_t i = 0; i < alone.size(); ++i) EXPECT_NEAR(alone[i], beside[i], 1e-5) << mode;
  }
  EXPECT_NE(embed({{"pooling", "mean"}}, {"5 17 8"}, 0),
            embed({{"pooling", "max"}}, {"5 17 8"}, 0));
}

TEST(TextEmbeddingTest, RefusesUnknownPooling) {
  EXPECT_THAT(error_of([] { (void)embed({{"pooling", "sum"}}, {"5"}, 0); }), HasSubstr("pooling"));
}

}  // namespace
}  // namespace hezar
