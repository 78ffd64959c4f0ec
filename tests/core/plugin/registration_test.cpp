#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include <hezar/error/error.hpp>
#include <hezar/plugin/registrar.hpp>
#include <hezar/plugin/scan.hpp>
#include <hezar/registry/runtime.hpp>

#include <no_plugins.hpp>

namespace hezar {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

template <class T>
void offer(Registrar& registrar, Kind kind, const std::string& name) {
  ModuleInfo info;
  info.kind = kind;
  info.name = name;
  registrar.add(info, Factory<T>([](const auto&, const auto&) { return nullptr; }));
}

TEST(AddModulesTest, BringsEachModuleToTheRegistryOfItsKind) {
  Runtime runtime(test::no_plugins());
  Registrar registrar("mine");
  offer<Model>(registrar, Kind::kModel, "a");
  offer<Preprocessor>(registrar, Kind::kPreprocessor, "b");
  offer<Dataset>(registrar, Kind::kDataset, "c");
  offer<Embedding>(registrar, Kind::kEmbedding, "d");
  offer<Metric>(registrar, Kind::kMetric, "e");
  offer<Trainer>(registrar, Kind::kTrainer, "f");
  add_modules(runtime, registrar);
  EXPECT_THAT(runtime.models().names(), ElementsAre("a"));
  EXPECT_THAT(runtime.preprocessors().names(), ElementsAre("b"));
  EXPECT_THAT(runtime.datasets().names(), ElementsAre("c"));
  EXPECT_THAT(runtime.embeddings().names(), ElementsAre("d"));
  EXPECT_THAT(runtime.metrics().names(), ElementsAre("e"));
  EXPECT_THAT(runtime.trainers().names(), ElementsAre("f"));
  EXPECT_TRUE(runtime.metrics().find("mine:e")->factory);
}

TEST(AddModulesTest, AddsNothingWhereOneNameIsTaken) {
  Runtime runtime(test::no_plugins());
  Registrar first("mine");
  offer<Metric>(first, Kind::kMetric, "taken");
  add_modules(runtime, first);
  Registrar second("mine");
  offer<Metric>(second, Kind::kMetric, "free");
  offer<Metric>(second, Kind::kMetric, "taken");
  try {
    add_modules(runtime, second);
    FAIL() << "expected an error";
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ErrorCode::kPlugin);
    EXPECT_THAT(e.what(), HasSubstr("metric \"taken\""));
  }
  EXPECT_THAT(runtime.metrics().names(), ElementsAre("taken"));
}

}  // namespace

}  // namespace hezar
