#include <hezar/bert/bert.hpp>

#include <gmock/gmock.h>

#include <hezar/torch/convert.hpp>
#include <plugins/bert/tiny_bert.hpp>
#include <sdk/torch/expect_error.hpp>

namespace hezar {
namespace {

using test::error_of;
using ::testing::HasSubstr;

PredictOptions asking_for(const char* option) {
  PredictOptions options;
  options.task[option] = true;
  return options;
}

Inputs ids(std::vector<std::int64_t> values, Shape shape) {
  return {{"token_ids", Tensor::of(values, std::move(shape))}};
}

TEST(BertTest, AgreesWithTheReference) {
  for (const char* name : {"bert_0", "bert_1"}) {
    const auto model = test::load<Bert>(name);
    const boost::json::object expected = test::expected(name);
    EXPECT_EQ(model->num_parameters(), expected.at("num_parameters").as_int64());
    for (const boost::json::value& item : expected.at("cases").as_array()) {
      const std::string where = std::string(name) + ": " + std::string(item.at("name").as_string());
      const Outputs outputs = model->forward(test::inputs_of(item.at("inputs").as_object()),
                                             asking_for("output_hidden_states"));
      for (const auto& [key, wanted] : item.at("outputs").as_object()) {
        if (!wanted.is_array()) {
          EXPECT_LT(test::difference(outputs.tensor(key), wanted), test::kTolerance)
              << where << ": " << std::string(key);
          continue;
        }
        const auto& layers = outputs.get<Tensors>(key);
        ASSERT_EQ(layers.size(), wanted.as_array().size());
        for (std::size_t i = 0; i < layers.size(); ++i) {
          EXPECT_LT(test::difference(layers[i], wanted.at(i)), test::kTolerance)
              << where << ": " << std::string(key) << " " << i;
        }
      }
    }
  }
}

TEST(BertTest, HasTheStateDictOfTheReference) {
  const auto model = test::load<Bert>("bert_0");
  boost::json::array names;
  for (const auto& [name, tensor] : model->state_dict()) {
    names.push_back({name, boost::json::array(tensor.shape().begin(), tensor.shape().end())});
  }
  EXPECT_EQ(names, test::expected("bert_0").at("state_dict"));
}

TEST(BertTest, GivesAttentionsWhenAsked) {
  const auto model = test::load<Bert>("bert_0");
  const Inputs inputs = ids({2, 5, 3}, {1, 3});
  const Outputs outputs = model->forward(inputs, asking_for("output_attentions"));
  ASSERT_EQ(outputs.get<Tensors>("attentions").size(), 2);
  EXPECT_EQ(to_string(outputs.get<Tensors>("attentions")[1].shape()), "[1, 4, 3, 3]");
  const at::Tensor plain = torch::to_torch(model->forward(inputs, {}).tensor("last_hidden_state"));
  const at::Tensor with = torch::to_torch(outputs.tensor("last_hidden_state"));
  EXPECT_LT((plain - with).abs().max().item<float>(), test::kTolerance);
}

TEST(BertTest, TakesEmbeddingsInsteadOfIds) {
  const auto model = test::load<Bert>("bert_0");
  const Inputs by_id = ids({2, 5, 3}, {1, 3});
  const at::Tensor table =
      torch::to_torch(*model->state_dict().find("bert.embeddings.word_embeddings.weight"));
  const at::Tensor rows = table.index_select(0, at::tensor(std::vector<std::int64_t>{2, 5, 3}));
  const Inputs by_embedding = {{"inputs_embeds", torch::from_torch(rows.unsqueeze(0))}};
  EXPECT_TRUE(at::allclose(
      torch::to_torch(model->forward(by_id, {}).tensor("pooler_output")),
      torch::to_torch(model->forward(by_embedding, {}).tensor("pooler_output")), 0, 1e-6));
}

TEST(BertTest, PredictsVectorsOfTheTextsOwnTokens) {
  const auto model = test::load<Bert>("bert_0");
  const Predictions batch =
      model->predict({"5", "6 7 8", "9 10"}, asking_for("output_hidden_states"));
  const Strings texts = {"5", "6 7 8", "9 10"};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const Predictions single =
        model->predict(Strings{texts[i]}, asking_for("output_hidden_states"));
    const auto& row = std::get<Outputs>(batch[i]);
    const auto& alone = std::get<Outputs>(single[0]);
    const at::Tensor a = torch::to_torch(row.tensor("last_hidden_state"));
    const at::Tensor b = torch::to_torch(alone.tensor("last_hidden_state"));
    ASSERT_EQ(a.sizes(), b.sizes()) << texts[i];
    EXPECT_LT((a - b).abs().max().item<float>(), test::kTolerance) << texts[i];
    EXPECT_EQ(row.get<Tensors>("hidden_states").size(), 3);
    EXPECT_FALSE(row.contains("pooler_output"));
  }
}

TEST(BertTest, NamesInputsThatDoNotFit) {
  const auto model = test::load<Bert>("bert_0");
  const auto said = [&](const Inputs& inputs) {
    return error_of([&] { static_cast<void>(model->forward(inputs, {})); });
  };
  EXPECT_THAT(said(ids({2, 40}, {1, 2})),
              HasSubstr("token_ids: expected ids in [0, 40), got 40 at row 0, position 1"));
  EXPECT_THAT(said(ids({2, 5}, {2})), HasSubstr("token_ids: expected shape [batch, tokens]"));
  EXPECT_THAT(said(ids(std::vector<std::int64_t>(13, 5), {1, 13})),
              HasSubstr("expected at most 12 tokens a row, got 13"));
  EXPECT_THAT(said({}), HasSubstr("inputs: expected token_ids or inputs_embeds, got neither"));
  Inputs typed = ids({2, 5}, {1, 2});
  typed.set("token_type_ids", Tensor::of(std::vector<std::int64_t>{0, 2}, {1, 2}));
  EXPECT_THAT(said(typed), HasSubstr("token_type_ids: expected ids in [0, 2), got 2"));
  Inputs masked = ids({2, 5}, {1, 2});
  masked.set("attention_mask", Tensor::zeros({1, 3}, DType::kInt64));
  EXPECT_THAT(said(masked), HasSubstr("attention_mask: expected shape [1, 2], got [1, 3]"));
}

TEST(BertTest, RefusesUnknownOptionsNamingTheNearest) {
  const auto model = test::load<Bert>("bert_0");
  EXPECT_THAT(error_of([&] {
                static_cast<void>(model->forward(ids({2}, {1, 1}), asking_for("output_attention")));
              }),
              HasSubstr("output_attentions"));
}

}  // namespace
}  // namespace hezar
