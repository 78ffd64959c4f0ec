#include <plugin/first_party_modules.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include <hezar/plugin/host.hpp>

namespace hezar::plugin {

namespace {

TEST(FirstPartyModulesTest, HoldsTheReferencesNamesAndOurs) {
  const auto modules = first_party_modules();
  const auto count = [&](Kind kind) {
    return std::count_if(modules.begin(), modules.end(),
                         [&](const FirstPartyModule& module) { return module.kind == kind; });
  };
  EXPECT_EQ(count(Kind::kModel), 22 + 3) << "the reference's, and three text embedders";
  EXPECT_EQ(count(Kind::kPreprocessor), 9 + 1) << "the reference's, and transformers_tokenizer";
  EXPECT_EQ(count(Kind::kDataset), 6);
  EXPECT_EQ(count(Kind::kEmbedding), 2);
  EXPECT_EQ(count(Kind::kMetric), 9);
  EXPECT_EQ(count(Kind::kTrainer), 1);
  std::set<std::pair<Kind, std::string_view>> names;
  for (const FirstPartyModule& module : modules) names.emplace(module.kind, module.name);
  EXPECT_EQ(names.size(), modules.size()) << "each name stands once";
}

TEST(FirstPartyModulesTest, TellsWhichPluginBringsAModule) {
  const auto provider = [](Kind kind, std::string_view name) {
    return PluginHost::first_party_provider(kind, name).value_or("nobody");
  };
  EXPECT_EQ(provider(Kind::kModel, "roberta"), "roberta");
  EXPECT_EQ(provider(Kind::kModel, "gpt2_text_generation"), "gpt2");
  EXPECT_EQ(provider(Kind::kModel, "trocr_image2text"), "vision_encoder_decoder");
  EXPECT_EQ(provider(Kind::kPreprocessor, "craft_image_processor"), "craft");
  EXPECT_EQ(provider(Kind::kPreprocessor, "wordpiece_tokenizer"), "tokenizers");
  EXPECT_EQ(provider(Kind::kMetric, "seqeval"), "metrics");
  EXPECT_EQ(provider(Kind::kMetric, "roberta"), "nobody") << "the kind counts";
  EXPECT_EQ(provider(Kind::kModel, ""), "nobody");
}

}  // namespace

}  // namespace hezar::plugin
