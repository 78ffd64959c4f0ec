#include <hezar/registry/registry.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hezar/error/error.hpp>
#include <hezar/module/model.hpp>
#include <hezar/registry/runtime.hpp>

namespace hezar {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

ModuleInfo info_of(const std::string& name, const std::string& plugin) {
  ModuleInfo info;
  info.name = name;
  info.plugin = plugin;
  return info;
}

Factory<Model> factory() {
  return [](const ConfigValues& /*values*/,
            const BuildContext& /*context*/) -> std::unique_ptr<Model> { return nullptr; };
}

TEST(RegistryTest, ListsModulesByNameWhetherOpenOrNot) {
  Registry<Model> registry;
  registry.announce(info_of("roberta", "roberta"));
  registry.add(info_of("bert", "bert"), factory());
  EXPECT_THAT(registry.names(), ElementsAre("bert", "roberta"));
  EXPECT_TRUE(registry.find("bert")->factory);
  EXPECT_FALSE(registry.find("roberta")->factory);
  EXPECT_FALSE(registry.find("gpt2"));
}

TEST(RegistryTest, FillsTheFactoryOfAnAnnouncedModule) {
  Registry<Model> registry;
  registry.announce(info_of("bert", "bert"));
  registry.add(info_of("bert", "bert"), factory());
  EXPECT_TRUE(registry.find("bert")->factory);
  EXPECT_EQ(registry.list().size(), 1U);
}

TEST(RegistryTest, RefusesANameThatOnePluginOffersTwice) {
  Registry<Model> registry;
  registry.add(info_of("bert", "mine"), factory());
  try {
    registry.add(info_of("bert", "mine"), factory());
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("plugin mine: expected one model named \"bert\", got two"));
  }
}

TEST(RegistryTest, NamesBothPluginsWhenTwoOfferANameAndTakesTheOneChosen) {
  Registry<Model> registry;
  registry.add(info_of("bert", "first"), factory());
  registry.announce(info_of("bert", "second"));
  try {
    static_cast<void>(registry.find("bert"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("first:bert and second:bert"));
  }
  EXPECT_EQ(registry.find("second:bert")->info.plugin, "second");
  EXPECT_FALSE(registry.find("third:bert"));
}

TEST(ModuleInfoTest, SurvivesJson) {
  ModuleInfo info = info_of("bert", "bert");
  info.kind = Kind::kPreprocessor;
  info.task = "backbone";
  info.description = "چیست";
  info.fields = {boost::json::object{{"name", "x"}}};
  const ModuleInfo again = ModuleInfo::from_json(info.to_json());
  EXPECT_EQ(again.to_json(), info.to_json());
  EXPECT_THROW(static_cast<void>(ModuleInfo::from_json({{"kind", "model"}})), Error);
}

TEST(KindTest, ReadsBothSpellingsAndNamesTheNearest) {
  EXPECT_EQ(parse_kind("models"), Kind::kModel);
  EXPECT_EQ(parse_kind("metric"), Kind::kMetric);
  try {
    static_cast<void>(parse_kind("modles"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("Nearest: models"));
  }
}

}  // namespace
}  // namespace hezar
