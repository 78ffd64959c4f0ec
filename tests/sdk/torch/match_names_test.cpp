#include <hezar/torch/match_names.hpp>

#include <string>
#include <vector>

#include <gmock/gmock.h>

namespace hezar::torch {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<NamedShape> encoder(const std::string& prefix, int layers = 3) {
  std::vector<NamedShape> names = {{prefix + "embeddings.word.weight", {9, 4}}};
  for (int i = 0; i < layers; ++i) {
    const std::string layer = prefix + "encoder.layer." + std::to_string(i);
    names.push_back({layer + ".dense.weight", {4, 4}});
    names.push_back({layer + ".dense.bias", {4}});
  }
  return names;
}

std::vector<NamedShape> operator+(std::vector<NamedShape> a, const std::vector<NamedShape>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

// "parameter=weight", parameters without a weight left out.
std::vector<std::string> pairs(const std::vector<NamedShape>& parameters,
                               const std::vector<NamedShape>& weights, const NameMatch& match) {
  std::vector<std::string> out;
  for (std::size_t p = 0; p < parameters.size(); ++p) {
    if (match.weight_of[p] == kNoMatch) continue;
    out.push_back(parameters[p].name + "=" + weights[match.weight_of[p]].name);
  }
  return out;
}

std::vector<std::string> unfilled(const std::vector<NamedShape>& parameters,
                                  const NameMatch& match) {
  std::vector<std::string> out;
  for (std::size_t p = 0; p < parameters.size(); ++p) {
    if (match.weight_of[p] == kNoMatch) out.push_back(parameters[p].name);
  }
  return out;
}

TEST(MatchNamesTest, FillsEverythingWhateverTheEncoderIsCalled) {
  const std::vector<NamedShape> parameters = encoder("bert.");
  for (const char* prefix :
       {"bert.", "", "module.bert.", "model.", "bert_mask_filling.bert.", "module.", "a.b.c."}) {
    const NameMatch match = match_names(parameters, encoder(prefix), false);
    EXPECT_THAT(unfilled(parameters, match), IsEmpty()) << prefix;
    EXPECT_THAT(match.unused, IsEmpty()) << prefix;
    for (std::size_t p = 0; p < parameters.size(); ++p) {
      EXPECT_EQ(match.weight_of[p], p) << prefix << ": " << parameters[p].name;
    }
  }
}

TEST(MatchNamesTest, LeavesHeadOfAnotherTaskAlone) {
  const auto parameters =
      encoder("bert.") + std::vector<NamedShape>{{"bert.pooler.dense.weight", {4, 4}},
                                                 {"bert.pooler.dense.bias", {4}},
                                                 {"classifier.weight", {3, 4}},
                                                 {"classifier.bias", {3}}};
  const auto weights =
      encoder("mlm.bert.") +
      std::vector<NamedShape>{{"mlm.cls.predictions.bias", {9}},
                              {"mlm.cls.predictions.transform.dense.weight", {4, 4}},
                              {"mlm.cls.predictions.transform.dense.bias", {4}},
                              {"mlm.cls.predictions.decoder.weight", {9, 4}}};
  const NameMatch match = match_names(parameters, weights, false);
  EXPECT_THAT(unfilled(parameters, match),
              ElementsAre("bert.pooler.dense.weight", "bert.pooler.dense.bias", "classifier.weight",
                          "classifier.bias"));
  EXPECT_EQ(match.unused.size(), 4);
}

TEST(MatchNamesTest, NeverShiftsLayersWhenOneIsMissing) {
  const std::vector<NamedShape> parameters = encoder("bert.", 3);
  std::vector<NamedShape> weights = encoder("bert.", 3);
  weights.erase(weights.begin() + 3);  // encoder.layer.1.dense.weight
  const NameMatch match = match_names(parameters, weights, false);
  EXPECT_THAT(unfilled(parameters, match), ElementsAre("bert.encoder.layer.1.dense.weight"));
}

TEST(MatchNamesTest, ReportsWrongShapeUnderExactAndMappedName) {
  const std::vector<NamedShape> parameters =
      encoder("bert.") + std::vector<NamedShape>{{"classifier.bias", {3}}};
  for (const char* prefix : {"", "module."}) {
    const auto weights = encoder(prefix + std::string("bert.")) +
                         std::vector<NamedShape>{{prefix + std::string("classifier.bias"), {5}}};
    const NameMatch match = match_names(parameters, weights, false);
    ASSERT_EQ(match.wrong_shapes.size(), 1) << prefix;
    EXPECT_EQ(parameters[match.wrong_shapes[0].parameter].name, "classifier.bias");
    EXPECT_THAT(match.unused, IsEmpty());
  }
}

TEST(MatchNamesTest, SkipsLegacyBuffersSilently) {
  const std::vector<NamedShape> parameters = encoder("bert.");
  const auto weights = std::vector<NamedShape>{{"bert.embeddings.position_ids", {1, 12}},
                                               {"position_ids", {1, 12}},
                                               {"h.0.attn.masked_bias", {}}} +
                       encoder("bert.");
  EXPECT_THAT(match_names(parameters, weights, false).unused, IsEmpty());
  EXPECT_FALSE(is_legacy_buffer("attn.c_attn.bias"));
  EXPECT_TRUE(is_legacy_buffer("transformer.h.0.attn.bias"));
}

TEST(MatchNamesTest, PairsLeftoversByPositionOnlyWhenAsked) {
  const std::vector<NamedShape> parameters = {{"a.x", {2}}, {"b.y", {3}}, {"c.z", {4}}};
  const std::vector<NamedShape> weights = {{"p", {2}}, {"b.y", {3}}, {"q", {4}}};
  EXPECT_THAT(pairs(parameters, weights, match_names(parameters, weights, false)),
              ElementsAre("b.y=b.y"));
  EXPECT_THAT(pairs(parameters, weights, match_names(parameters, weights, true)),
              ElementsAre("a.x=p", "b.y=b.y", "c.z=q"));
}

TEST(MatchNamesTest, EndsSoonForHostileFiles) {
  std::vector<NamedShape> weights;
  for (int i = 0; i < 50'000; ++i) {
    weights.push_back({"w" + std::to_string(i) + ".dense.bias", {4}});
  }
  const std::vector<NamedShape> parameters = encoder("bert.", 100);
  EXPECT_EQ(match_names(parameters, weights, true).weight_of.size(), parameters.size());
}

}  // namespace
}  // namespace hezar::torch
