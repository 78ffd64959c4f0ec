#include <hezar/module/model.hpp>

#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hezar/error/error.hpp>
#include <hezar/io/safetensors.hpp>
#include <hezar/module/packed_weights.hpp>
#include <hezar/plugin/registrar.hpp>
#include <hezar/registry/runtime.hpp>

#include <core/module/fake_models.hpp>
#include <no_plugins.hpp>

namespace hezar::test {
namespace {

using testing::HasSubstr;

class LoadTest : public testing::Test {
 protected:
  LoadTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "hezar-load-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    Registrar registrar("fakes");
    registrar.model<CountingModel>("Counts characters.");
    const Registrar::Registration& made = registrar.registrations().front();
    runtime_.models().add(made.info, std::get<Factory<Model>>(made.factory));
    options_.runtime = &runtime_;
  }
  ~LoadTest() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, const std::string& content) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << content;
  }
  std::string error_of_load(const std::string& path) const {
    try {
      static_cast<void>(Model::load(path, options_));
    } catch (const Error& error) {
      return error.what();
    }
    return "no error";
  }

  Runtime runtime_{no_plugins()};
  LoadOptions options_;
  std::filesystem::path folder_;
};

TEST_F(LoadTest, GivesAnEqualModelAfterSave) {
  CountingConfig config;
  config.width = 5;
  CountingModel(config, BuildContext{runtime_}).save(folder_);
  const std::unique_ptr<Model> model = Model::load(folder_.string(), options_);
  EXPECT_EQ(model->name(), "counting");
  EXPECT_EQ(model->config().at("width").as_int64(), 5);
  EXPECT_EQ(model->state_dict().find("weight")->numel(), 5);
}

TEST_F(LoadTest, GivesAnEqualModelAfterSavingSafetensors) {
  CountingConfig config;
  config.width = 5;
  save_safetensors(CountingModel(config, BuildContext{runtime_}), folder_ / "out");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out" / "model.pt"));
  const std::unique_ptr<Model> model = Model::load((folder_ / "out").string(), options_);
  EXPECT_EQ(model->config().at("width").as_int64(), 5);
  EXPECT_EQ(model->state_dict().find("weight")->numel(), 5);
}

/// Another name for its one weight.
struct TiedModel : CountingModel {
  using CountingModel::CountingModel;
  [[nodiscard]] StateDict state_dict() const override {
    StateDict out = CountingModel::state_dict();
    out.add("tied", *out.find("weight"));
    return out;
  }
};

TEST_F(LoadTest, WritesTensorsThatShareMemoryOnce) {
  save_safetensors(TiedModel({}, BuildContext{runtime_}), folder_);
  EXPECT_EQ(io::SafetensorsFile::open(folder_ / "model.safetensors").entries().size(), 1U);
  const StateDict read = io::read_weights(folder_);
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read.find("tied")->data(), read.find("weight")->data());
}

TEST_F(LoadTest, RefusesPackedWeightsForAModelThatHasNoPackedForm) {
  const CountingModel model({}, BuildContext{runtime_});
  try {
    save_safetensors(model, folder_, Precision::kInt8);
    ADD_FAILURE() << "expected an error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kNotImplemented);
    EXPECT_THAT(error.what(), HasSubstr("counting: expected one whose weights can be packed"));
  }
  model.save(folder_);
  io::write_safetensors(folder_ / "model.safetensors", model.state_dict(),
                        {{"hezar.precision", "int8"}});
  EXPECT_THAT(error_of_load(folder_.string()), HasSubstr("got ones packed for int8"));
  io::write_safetensors(folder_ / "model.safetensors", model.state_dict(),
                        {{"hezar.precision", "int3"}});
  EXPECT_THAT(error_of_load(folder_.string()),
              HasSubstr("hezar.precision: expected fp32, bf16 or int8, got \"int3\""));
}

TEST_F(LoadTest, AppliesOverridesOverTheFile) {
  CountingModel(CountingConfig{}, BuildContext{runtime_}).save(folder_);
  options_.overrides["width"] = 7;
  EXPECT_EQ(Model::load(folder_.string(), options_)->config().at("width").as_int64(), 7);
}

TEST_F(LoadTest, KeepsUnknownKeysOfTheFileAcrossSave) {
  CountingModel(CountingConfig{}, BuildContext{runtime_}).save(folder_);
  std::ofstream(folder_ / "model_config.yaml", std::ios::app) << "hidden_dim: 12\n";
  const std::unique_ptr<Model> model = Model::load(folder_.string(), options_);
  model->save(folder_ / "again");
  EXPECT_EQ(
      Model::load((folder_ / "again").string(), options_)->config().at("hidden_dim").as_int64(),
      12);
}

TEST_F(LoadTest, SaysWhatIsMissing) {
  EXPECT_THAT(error_of_load((folder_ / "nowhere").string()),
              HasSubstr("expected a folder, or a repo of the Hub like owner/name, got neither"));
  EXPECT_THAT(error_of_load(folder_.string()),
              HasSubstr("expected a model folder with model_config.yaml, got none"));
  write("model_config.yaml", "name: counting\nconfig_type: model\n");
  EXPECT_THAT(error_of_load(folder_.string()), HasSubstr("model.safetensors"));
}

TEST_F(LoadTest, RefusesAConfigOfAnotherKind) {
  write("model_config.yaml", "name: counting\nconfig_type: dataset\n");
  EXPECT_THAT(error_of_load(folder_.string()),
              HasSubstr("config_type: expected \"model\", got \"dataset\""));
}

TEST_F(LoadTest, RefusesAConfigWithoutName) {
  write("model_config.yaml", "config_type: model\n");
  EXPECT_THAT(error_of_load(folder_.string()),
              HasSubstr("name: expected the registry name of a model, got nothing"));
}

TEST_F(LoadTest, TakesTheNamesOfTheGuideInAFile) {
  ModuleInfo info;
  info.name = "bert_mask_filling";
  info.plugin = "fakes";
  ConfigValues built;
  runtime_.models().add(info, [&](const ConfigValues& values, const BuildContext& context) {
    built = values;
    return std::make_unique<CountingModel>(CountingConfig{}, context);
  });
  CountingModel(CountingConfig{}, BuildContext{runtime_}).save(folder_);
  write("model_config.yaml", "name: bert_lm\nconfig_type: model\nwidth: 4\n");
  EXPECT_NE(Model::load(folder_.string(), options_), nullptr);
  EXPECT_EQ(built.file.at("name"), "bert_mask_filling");
  EXPECT_EQ(built.file.at("width"), 4);
  EXPECT_EQ(runtime_.info(Kind::kModel, "bert_lm").name, "bert_mask_filling");
}

TEST_F(LoadTest, NamesTheNearestModelForAMisspeltName) {
  write("model_config.yaml", "name: countin\nconfig_type: model\n");
  EXPECT_THAT(error_of_load(folder_.string()), HasSubstr("got \"countin\". Nearest: counting."));
}

TEST_F(LoadTest, NamesThePluginThatWouldBringAFirstPartyModel) {
  write("model_config.yaml", "name: whisper_speech_recognition\nconfig_type: model\n");
  EXPECT_THAT(error_of_load(folder_.string()), HasSubstr("The plugin whisper would provide it"));
}

}  // namespace
}  // namespace hezar::test
