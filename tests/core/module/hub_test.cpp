#include <hezar/module/load.hpp>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hezar/config/yaml.hpp>
#include <hezar/error/error.hpp>
#include <hezar/plugin/registrar.hpp>
#include <hezar/registry/runtime.hpp>

#include <core/io/temp_folder.hpp>
#include <core/module/fake_models.hpp>
#include <core/module/hub_fakes.hpp>
#include <error_of.hpp>
#include <hub/test_hub.hpp>
#include <no_plugins.hpp>

namespace hezar::test {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

/// Modules of every kind that are pushed to a test hub, and loaded from it with an empty cache.
class ModuleHubTest : public testing::Test {
 protected:
  ModuleHubTest() {
    ::setenv("HF_ENDPOINT", hub_.url().c_str(), 1);
    ::setenv("HF_TOKEN", std::string(kHubToken).c_str(), 1);
    ::setenv("HEZAR_HUB_MAX_WAIT", "0.02", 1);
    options_.runtime = &runtime_;
    options_.cache_dir = cache_.path();
    Registrar registrar("fakes");
    registrar.model<CountingModel>("Counts.");
    registrar.preprocessor<LowerNormalizer>("Does nothing.");
    registrar.preprocessor<PixelProcessor>("Does nothing.");
    registrar.preprocessor<SoundExtractor>("Does nothing.");
    registrar.dataset<RowsDataset>("Rows.");
    registrar.embedding<FileEmbedding>("Vectors.");
    registrar.metric<ZeroMetric>("Nothing.");
    registrar.trainer<IdleTrainer>("Nothing.");
    for (const Registrar::Registration& made : registrar.registrations()) add(made);
  }

  void add(const Registrar::Registration& made) {
    const auto into = [&]<class T>(Registry<T>& registry) {
      registry.add(made.info, std::get<Factory<T>>(made.factory));
    };
    switch (made.info.kind) {
      case Kind::kModel:
        return into(runtime_.models());
      case Kind::kPreprocessor:
        return into(runtime_.preprocessors());
      case Kind::kDataset:
        return into(runtime_.datasets());
      case Kind::kEmbedding:
        return into(runtime_.embeddings());
      case Kind::kMetric:
        return into(runtime_.metrics());
      case Kind::kTrainer:
        return into(runtime_.trainers());
    }
  }

  [[nodiscard]] std::vector<std::string> paths(std::string_view type = "model") {
    std::vector<std::string> out;
    const boost::json::array commits = hub_.commits("hezarai/x", "main", type);
    for (const auto& [path, entry] : commits.at(0).at("files").as_object()) out.emplace_back(path);
    return out;
  }

  template <class M>
  std::shared_ptr<M> make(std::int64_t size = 7) {
    typename M::Config config;
    config.size = size;
    return std::make_shared<M>(config, BuildContext{runtime_});
  }

  TestHub hub_;
  io::testing::TempFolder cache_;
  Runtime runtime_{no_plugins()};
  LoadOptions options_;
};

TEST_F(ModuleHubTest, PushedModelLoadsWithItsPreprocessors) {
  CountingConfig config;
  config.width = 5;
  CountingModel model(config, BuildContext{runtime_});
  Preprocessors preprocessors;
  preprocessors.add(make<LowerNormalizer>());
  model.set_preprocessors(preprocessors);
  const hub::UploadResult result = model.push_to_hub("hezarai/x");
  EXPECT_THAT(paths(),
              UnorderedElementsAre(".gitattributes", "README.md", "model.pt", "model_config.yaml",
                                   "preprocessor/normalizer_config.yaml"));
  const boost::json::array commits = hub_.commits("hezarai/x");
  ASSERT_EQ(commits.size(), 2U);
  EXPECT_EQ(commits.at(0).at("title").as_string(), "Hezar: Upload model and config");
  EXPECT_EQ(commits.at(0).at("id").as_string(), result.commit);

  const std::unique_ptr<Model> loaded = Model::load("hezarai/x", options_);
  EXPECT_EQ(loaded->config().at("width").as_int64(), 5);
  EXPECT_EQ(loaded->state_dict().find("weight")->numel(), 5);
  EXPECT_NE(loaded->preprocessors().text_normalizer(), nullptr);
}

TEST_F(ModuleHubTest, PushOfTheSameModelMakesNoCommit) {
  const CountingModel model(CountingConfig{}, BuildContext{runtime_});
  model.push_to_hub("hezarai/x");
  EXPECT_TRUE(model.push_to_hub("hezarai/x").files.empty());
  EXPECT_EQ(hub_.commits("hezarai/x").size(), 2U);
}

TEST_F(ModuleHubTest, CardSaysTaskAndLibrary) {
  CountingModel(CountingConfig{}, BuildContext{runtime_}).push_to_hub("hezarai/x");
  const std::string card = hub_.content("hezarai/x", "README.md");
  ASSERT_TRUE(card.starts_with("---\n"));
  const std::string block = card.substr(4, card.find("\n---", 4) - 3);
  const boost::json::object metadata = yaml::parse_mapping(block, "README.md");
  EXPECT_EQ(metadata.at("library_name").as_string(), "hezar");
  EXPECT_EQ(metadata.at("pipeline_tag").as_string(), "text-classification");
  EXPECT_EQ(metadata.at("language").at(0).as_string(), "fa");
  EXPECT_THAT(metadata.at("tags").as_array(), Contains(boost::json::value("text-classification")));
  EXPECT_THAT(card, HasSubstr("Model.load(\"hezarai/x\")"));
}

TEST_F(ModuleHubTest, CardOfTheRepoIsKept) {
  hub_.put_model("hezarai/x", {{"README.md", "written by hand"}});
  CountingModel(CountingConfig{}, BuildContext{runtime_}).push_to_hub("hezarai/x");
  EXPECT_EQ(hub_.content("hezarai/x", "README.md"), "written by hand");
}

TEST_F(ModuleHubTest, PreprocessorsStayAtHomeWhereAsked) {
  CountingModel model(CountingConfig{}, BuildContext{runtime_});
  Preprocessors preprocessors;
  preprocessors.add(make<LowerNormalizer>());
  model.set_preprocessors(preprocessors);
  PushOptions push;
  push.with_preprocessors = false;
  push.message = "Only the model";
  model.push_to_hub("hezarai/x", push);
  EXPECT_THAT(paths(), Not(Contains("preprocessor/normalizer_config.yaml")));
  EXPECT_EQ(hub_.commits("hezarai/x").at(0).at("title").as_string(), "Only the model");
}

TEST_F(ModuleHubTest, PreprocessorsOfEachFamilyArePushedAndLoaded) {
  make<LowerNormalizer>()->push_to_hub("hezarai/x");
  EXPECT_EQ(hub_.commits("hezarai/x").at(0).at("title").as_string(), "Hezar: Upload normalizer");
  make<PixelProcessor>()->push_to_hub("hezarai/x");
  make<SoundExtractor>()->push_to_hub("hezarai/x");
  EXPECT_EQ(load<TextNormalizer>("hezarai/x", options_)->config().at("size").as_int64(), 7);
  EXPECT_EQ(load<ImageProcessor>("hezarai/x", options_)->name(), "pixel_processor");
  EXPECT_EQ(load<AudioFeatureExtractor>("hezarai/x", options_)->sampling_rate(), 16'000);
  EXPECT_EQ(Preprocessors::load("hezarai/x", options_).size(), 3U);
}

TEST_F(ModuleHubTest, SetsOfPreprocessorsArePushedByOneCommit) {
  Preprocessors preprocessors;
  EXPECT_THAT(error_of([&] { preprocessors.push_to_hub("hezarai/x"); }), HasSubstr("none"));
  preprocessors.add(make<LowerNormalizer>());
  preprocessors.add(make<PixelProcessor>());
  preprocessors.push_to_hub("hezarai/x");
  EXPECT_EQ(hub_.commits("hezarai/x").size(), 2U);
  EXPECT_EQ(Preprocessors::load("hezarai/x", options_).size(), 2U);
}

TEST_F(ModuleHubTest, EmbeddingBringsItsFile) {
  const std::shared_ptr<FileEmbedding> embedding = make<FileEmbedding>();
  embedding->content = std::string(1000, 'v');
  embedding->push_to_hub("hezarai/x");
  EXPECT_EQ(hub_.commits("hezarai/x").at(0).at("title").as_string(),
            "Hezar: Upload embedding and config");
  const std::unique_ptr<Embedding> loaded = load<Embedding>("hezarai/x", options_);
  EXPECT_EQ(static_cast<FileEmbedding&>(*loaded).content, embedding->content);
}

TEST_F(ModuleHubTest, FilesThatAClassDeclaresAreDownloaded) {
  hub_.put_model("hezarai/x", {{"dataset_config.yaml", "name: rows\nconfig_type: dataset\n"},
                               {"data/rows.csv", "1234"},
                               {"data/other.bin", "not asked for"}});
  EXPECT_EQ(load<Dataset>("hezarai/x", options_)->size(), 4);
  EXPECT_EQ(hub_.count("", "other.bin"), 0U);
}

TEST_F(ModuleHubTest, DatasetIsPushedToADatasetRepo) {
  io::testing::TempFolder folder;
  folder.put("dataset_config.yaml", "name: rows\nconfig_type: dataset\n");
  folder.put("data/rows.csv", "1234");
  load<Dataset>(folder.path().string(), options_)->push_to_hub("hezarai/x");
  EXPECT_THAT(paths("dataset"), Contains("data/rows.csv"));
}

TEST_F(ModuleHubTest, MetricAndTrainerArePushedAndLoaded) {
  make<ZeroMetric>()->push_to_hub("hezarai/x");
  make<IdleTrainer>(9)->push_to_hub("hezarai/x");
  EXPECT_THAT(paths(), Contains("train/train_config.yaml"));
  EXPECT_EQ(load<Metric>("hezarai/x", options_)->name(), "zero");
  EXPECT_EQ(load<Trainer>("hezarai/x", options_)->config().at("size").as_int64(), 9);
}

TEST_F(ModuleHubTest, WrongFamilyIsToldByName) {
  hub_.put_model("hezarai/x", {{"preprocessor/tokenizer_config.yaml",
                                "name: lower_normalizer\nconfig_type: preprocessor\n"}});
  EXPECT_THAT(error_of([&] { static_cast<void>(load<Tokenizer>("hezarai/x", options_)); }),
              HasSubstr("lower_normalizer"));
  EXPECT_THAT(error_of([&] { static_cast<void>(load<Embedding>("hezarai/x", options_)); }),
              HasSubstr("embedding"));
}

TEST_F(ModuleHubTest, TypesAreReadAsPythonWritesThem) {
  hub_.put_model("hezarai/x", {{"preprocessor/normalizer_config.yaml",
                                "name: lower_normalizer\nconfig_type: PREPROCESSOR\n"}});
  EXPECT_EQ(load<TextNormalizer>("hezarai/x", options_)->config().at("config_type").as_string(),
            "preprocessor");
}

TEST_F(ModuleHubTest, CachedLoadAsksOnceAndNothingWhereItKnows) {
  CountingModel(CountingConfig{}, BuildContext{runtime_}).push_to_hub("hezarai/x");
  static_cast<void>(Model::load("hezarai/x", options_));
  hub_.clear_log();
  static_cast<void>(Model::load("hezarai/x", options_));
  EXPECT_LE(hub_.count(""), 1U);
  hub_.clear_log();
  const std::string commit(hub_.commits("hezarai/x").at(0).at("id").as_string());
  static_cast<void>(Model::load("hezarai/x@" + commit, options_));
  ::setenv("HF_HUB_OFFLINE", "1", 1);
  static_cast<void>(Model::load("hezarai/x", options_));
  ::unsetenv("HF_HUB_OFFLINE");
  EXPECT_EQ(hub_.count(""), 0U);
}

TEST_F(ModuleHubTest, FailingSaveAsksNothing) {
  EXPECT_THAT(error_of([&] {
                CountingModel(CountingConfig{}, BuildContext{runtime_}).push_to_hub("no repo");
              }),
              HasSubstr("owner/name"));
  ::setenv("TMPDIR", "/nonexistent", 1);
  EXPECT_THAT(error_of([&] {
                CountingModel(CountingConfig{}, BuildContext{runtime_}).push_to_hub("hezarai/x");
              }),
              HasSubstr("TMPDIR"));
  ::unsetenv("TMPDIR");
  EXPECT_EQ(hub_.count(""), 0U);
}

}  // namespace
}  // namespace hezar::test
