#include <hezar/module/transformers_repo.hpp>

#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hezar/error/error.hpp>
#include <hezar/plugin/registrar.hpp>
#include <hezar/registry/runtime.hpp>

#include <core/module/fake_models.hpp>
#include <no_plugins.hpp>

namespace hezar::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct ServingConfig : CountingConfig {
  static constexpr std::string_view kName = "serving";
  static constexpr std::array kArchitectures = {
      Architecture{"FakeForSequenceClassification"},
      Architecture{"FakeForTokenClassification", R"({"width": 7})"},
      Architecture{"FakeModel"},
  };
  std::optional<std::int64_t> num_labels;
  std::optional<std::map<std::int64_t, std::string>> id2label;
  static constexpr std::array kFields = {Field("num_labels", "Labels."),
                                         Field("id2label", "Their names.")};
};
BOOST_DESCRIBE_STRUCT(ServingConfig, (CountingConfig), (num_labels, id2label))

struct EmbeddingServingConfig : CountingConfig {
  static constexpr std::string_view kName = "serving_embedding";
  static constexpr std::string_view kTask = "text_embedding";
  static constexpr std::array kArchitectures = {Architecture{"FakeModel"}};
};
BOOST_DESCRIBE_STRUCT(EmbeddingServingConfig, (CountingConfig), ())

template <class C>
class Serving : public CountingModel {
 public:
  using Config = C;
  Serving(C config, const BuildContext& context) : CountingModel(config, context) {}
};

class TransformersRepoTest : public testing::Test {
 protected:
  TransformersRepoTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "hezar-repo-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    Registrar registrar("fakes");
    registrar.model<Serving<ServingConfig>>("Serves.");
    registrar.model<Serving<EmbeddingServingConfig>>("Embeds.");
    for (const Registrar::Registration& made : registrar.registrations()) {
      // through the form that a plugin carries in its file
      runtime_.models().add(ModuleInfo::from_json(made.info.to_json()),
                            std::get<Factory<Model>>(made.factory));
    }
  }
  ~TransformersRepoTest() override { std::filesystem::remove_all(folder_); }

  boost::json::object read(const std::string& config) const {
    std::ofstream(folder_ / "config.json") << config;
    return read_transformers_config(folder_, runtime_).file;
  }
  std::string error_of(const std::string& config) const {
    try {
      static_cast<void>(read(config));
    } catch (const Error& error) {
      return error.what();
    }
    return "no error";
  }

  Runtime runtime_{no_plugins()};
  std::filesystem::path folder_;
};

TEST_F(TransformersRepoTest, FindsTheModelThatServesTheArchitecture) {
  const auto config = read(R"({"architectures": ["FakeForSequenceClassification"], "width": 4,
                               "id2label": {"0": "no", "1": "yes"}, "task": "other"})");
  EXPECT_EQ(config.at("name"), "serving");
  EXPECT_EQ(config.at("width"), 4);
  EXPECT_FALSE(config.contains("num_labels"));
  EXPECT_FALSE(config.contains("task"));
}

TEST_F(TransformersRepoTest, FillsInLabelsThatTransformersLeavesOut) {
  EXPECT_EQ(read(R"({"architectures": ["FakeForSequenceClassification"]})").at("num_labels"), 2);
}

TEST_F(TransformersRepoTest, AddsWhatTheArchitectureImplies) {
  EXPECT_EQ(read(R"({"architectures": ["FakeForTokenClassification"]})").at("width"), 7);
}

TEST_F(TransformersRepoTest, GivesSentenceTransformersToAnEmbedder) {
  EXPECT_EQ(read(R"({"architectures": ["FakeModel"]})").at("name"), "serving");
  std::ofstream(folder_ / "modules.json") << "[]";
  EXPECT_EQ(read(R"({"architectures": ["FakeModel"]})").at("name"), "serving_embedding");
}

TEST_F(TransformersRepoTest, NamesTheArchitectureThatNothingServes) {
  EXPECT_THAT(error_of(R"({"architectures": ["FakeForQuestionAnswering"]})"),
              HasSubstr("got \"FakeForQuestionAnswering\""));
  EXPECT_THAT(error_of("{}"), HasSubstr("config.json: architectures: expected a list"));
  EXPECT_THAT(error_of(R"({"architectures": "FakeModel"})"), HasSubstr("expected a list"));
  EXPECT_THAT(error_of("[]"), HasSubstr("expected a JSON object"));
  EXPECT_THAT(error_of("{"), HasSubstr("config.json"));
}

TEST_F(TransformersRepoTest, LoadsThroughModelLoad) {
  std::ofstream(folder_ / "config.json")
      << R"({"architectures": ["FakeForTokenClassification"], "num_labels": 3})";
  LoadOptions options;
  options.runtime = &runtime_;
  CountingModel(CountingConfig{}, BuildContext{runtime_}).save(folder_);
  std::filesystem::remove(folder_ / "model_config.yaml");
  EXPECT_EQ(Model::load(folder_.string(), options)->config().at("width"), 7);
}

}  // namespace
}  // namespace hezar::test
