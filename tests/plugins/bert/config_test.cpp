#include <hezar/bert/bert.hpp>
#include <hezar/bert/bert_text_classification.hpp>

#include <functional>
#include <set>

#include <gmock/gmock.h>

#include <plugins/bert/tiny_bert.hpp>
#include <sdk/torch/expect_error.hpp>

namespace hezar {
namespace {

using test::error_of;
using ::testing::HasSubstr;

using Classifier = BertTextClassification;

Classifier::Config tiny() {
  return test::config_of<Classifier>("bert_text_classification_0");
}

TEST(BertConfigTest, WritesWhatTheReferenceWrote) {
  const Classifier model(tiny(), test::context(true));
  std::vector<std::string> keys;
  for (const auto& [key, value] : model.config()) keys.emplace_back(key);
  const std::vector<std::string> wanted = {"name",
                                           "config_type",
                                           "task",
                                           "num_labels",
                                           "id2label",
                                           "vocab_size",
                                           "hidden_size",
                                           "num_hidden_layers",
                                           "num_attention_heads",
                                           "intermediate_size",
                                           "hidden_act",
                                           "hidden_dropout_prob",
                                           "attention_probs_dropout_prob",
                                           "max_position_embeddings",
                                           "type_vocab_size",
                                           "initializer_range",
                                           "layer_norm_eps",
                                           "pad_token_id",
                                           "position_embedding_type",
                                           "use_cache",
                                           "classifier_dropout"};
  EXPECT_EQ(keys, wanted);
  EXPECT_EQ(model.config().at("num_labels"), 3);
}

TEST(BertConfigTest, DocumentsEveryField) {
  for (const boost::json::array& fields :
       {describe_fields<BertConfig>(), describe_fields<BertTextClassificationConfig>(),
        describe_fields<Bert::Options>(), describe_fields<Classifier::Options>()}) {
    for (const boost::json::value& field : fields) {
      EXPECT_FALSE(field.at("doc").as_string().empty()) << field.at("name");
    }
  }
}

TEST(BertConfigTest, HasThePublishedNumberOfParameters) {
  // models.md 1.2: BERT text classification with 42000 tokens and 3 labels.
  Classifier::Config config;
  config.num_labels = 3;
  EXPECT_EQ(Classifier(config, test::context(true)).num_parameters(), 118'299'651);
}

TEST(BertConfigTest, InfersLabelsFromEachOther) {
  Classifier::Config config = tiny();
  config.num_labels.reset();
  EXPECT_EQ(Classifier(config, test::context()).config().at("num_labels"), 3);
  config.num_labels = 2;
  config.id2label.reset();
  Classifier numbered(config, test::context());
  Preprocessors preprocessors;
  preprocessors.add(std::make_shared<test::NumberTokenizer>());
  numbered.set_preprocessors(preprocessors);
  const Prediction prediction = numbered.predict(Strings{"5"})[0];
  EXPECT_THAT(std::get<std::vector<TextClassification>>(prediction)[0].label, HasSubstr("LABEL_"));
}

TEST(BertConfigTest, RefusesConfigsThatMakeNoModel) {
  struct Case {
    std::function<void(Classifier::Config&)> change;
    const char* said;
  };
  const Case cases[] = {
      {[](auto& c) { c.num_labels.reset(), c.id2label.reset(); }, "num_labels"},
      {[](auto& c) { c.id2label = LabelMap{{0, "a"}, {2, "b"}, {3, "c"}}; }, "id2label"},
      {[](auto& c) { c.num_labels = 5; }, "num_labels"},
      {[](auto& c) { c.num_attention_heads = 3; }, "num_attention_heads"},
      {[](auto& c) { c.hidden_act = "gello"; }, "Nearest: gelu"},
  };
  for (const Case& item : cases) {
    Classifier::Config config = tiny();
    item.change(config);
    EXPECT_THAT(error_of([&] { Classifier(config, test::context()); }), HasSubstr(item.said));
  }
}

}  // namespace
}  // namespace hezar
